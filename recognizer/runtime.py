"""ONNX Runtime, from where everybody takes it: silenced before it is loaded.

From 1.29 on it gathers telemetry: when it is loaded it writes a device's id and a database of
events under the user's cache folder, and later it sends them. The variable is read while the
library is loaded; `disable_telemetry_events()` comes too late for the files. Here nothing leaves
the machine, whatever the user's environment says.
"""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime

__all__ = ["onnxruntime"]
