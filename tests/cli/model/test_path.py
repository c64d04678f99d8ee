"""`alttext model path`: where models lie, without any network."""

import pytest

pytestmark = pytest.mark.usefixtures("nothing_calibrated")


def test_the_folder_of_the_embedded_model_is_told(alttext, embedded):
    assert alttext("path").stdout == f"{embedded}\n"


def test_the_folder_of_a_model_on_this_machine_is_told(alttext, tmp_path):
    assert alttext("path", str(tmp_path)).stdout == f"{tmp_path}\n"


def test_a_downloaded_model_is_found_without_network(alttext, hub):
    assert alttext("path", "z/clip").stdout == "/cache/snapshots/aaaa\n"
    assert hub.made[0][1]["local_files_only"] is True


def test_a_model_that_is_not_there_exits_with_2_and_the_command_to_run(alttext, hub):
    hub.error = FileNotFoundError("no snapshot")
    result = alttext("path", "z/clip")
    assert (result.exit_code, result.stdout) == (2, "")
    assert (
        result.stderr == "alttext: z/clip: neither a folder nor downloaded; run `alttext model pull z/clip`\n"
    )
