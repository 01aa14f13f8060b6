"""The ONNX graph and the files of the model's folder."""
