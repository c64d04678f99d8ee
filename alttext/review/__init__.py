"""What the tool will not write alone, made easy to finish by hand: questions, answers, and undo."""
