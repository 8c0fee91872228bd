"""Everything of Rotoflow that is not a window. Imports no Qt, ever."""

import os

# ONNX Runtime from 1.31 on keeps a list of what it ran and sends it to its makers; what a person works on stays here
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
