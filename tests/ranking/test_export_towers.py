"""Graphs of towers, in one file or two."""

import numpy as np
import onnx
import pytest
import torch
from transformers import AutoModel

from alttext.ranking import export_towers
from alttext.ranking.frame import Frame, Scaling
from alttext.ranking.towers import session

FRAME, SCALING = Frame(32, 32, 32, 3), Scaling([120.0] * 3, [70.0] * 3)
IDS = {
    "input_ids": torch.tensor([[2, 7, 1], [2, 8, 1]]),
    "attention_mask": torch.ones(2, 3, dtype=torch.long),
}


@pytest.fixture(scope="module")
def model(build_clip, tmp_path_factory):
    model = AutoModel.from_pretrained(build_clip(tmp_path_factory.mktemp("clip"))).eval()
    model.set_attn_implementation("eager")
    return model


@pytest.fixture(scope="module")
def pixels():
    return np.random.default_rng(5).integers(0, 256, (5, 32, 32, 3), dtype=np.uint8)


def expected(model, pixels):
    with torch.inference_mode():
        rows = model.get_image_features(pixel_values=SCALING.of(torch.from_numpy(pixels))).pooler_output
        return torch.nn.functional.normalize(rows, dim=1).numpy()


@pytest.mark.parametrize("half", [False, True])
@pytest.mark.parametrize("limit", [export_towers.LIMIT, 1000])
def test_weights_that_are_too_many_for_one_file_are_beside_it(
    model, pixels, tmp_path, monkeypatch, limit, half
):
    monkeypatch.setattr(export_towers, "LIMIT", limit)
    export_towers.write_images(model, FRAME, SCALING, tmp_path / "image.onnx", half=half)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["image.onnx", "image.onnx.data"][: 1 + (limit == 1000)]
    made = session(tmp_path / "image.onnx", 1, "").run(None, {"pixels": pixels})[0]
    assert (made * expected(model, pixels)).sum(axis=1).min() >= (0.999 if half else 0.99999)


def test_half_weights_are_kept_short_and_all_else_computes_as_before(model, tmp_path):
    export_towers.write_images(model, FRAME, SCALING, tmp_path / "image.onnx", half=True)
    graph = onnx.load(tmp_path / "image.onnx").graph
    kept = {onnx.TensorProto.DataType.Name(each.data_type): [] for each in graph.initializer}
    for each in graph.initializer:
        kept[onnx.TensorProto.DataType.Name(each.data_type)].append(int(np.prod(each.dims)))
    assert min(kept["FLOAT16"]) >= 2048 > max(kept["FLOAT"])
    assert {each.type.tensor_type.elem_type for each in graph.output} == {onnx.TensorProto.FLOAT}


def test_texts_may_be_of_any_number_and_length(model, tmp_path):
    export_towers.write_texts(model, IDS, tmp_path / "text.onnx", half=False)
    run = session(tmp_path / "text.onnx", 1, "")
    for rows in ([[2, 1]], [[2, 7, 8, 9, 1, 0, 0]] * 3):
        ids = np.array(rows, np.int64)
        mask = (ids != 0).astype(np.int64)
        with torch.inference_mode():
            theirs = model.get_text_features(
                input_ids=torch.from_numpy(ids), attention_mask=torch.from_numpy(mask)
            ).pooler_output
        ours = run.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        assert np.allclose(ours, torch.nn.functional.normalize(theirs, dim=1).numpy(), atol=1e-5)


def test_a_text_tower_that_reads_no_mask_asks_for_none(build_siglip, tmp_path):
    model = AutoModel.from_pretrained(build_siglip(tmp_path / "siglip")).eval()
    ids = torch.ones(2, 64, dtype=torch.long)
    export_towers.write_texts(model, {"input_ids": ids}, tmp_path / "text.onnx", half=False)
    assert [each.name for each in session(tmp_path / "text.onnx", 1, "").get_inputs()] == ["input_ids"]
