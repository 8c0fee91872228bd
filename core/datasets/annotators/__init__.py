"""The layouts of annotation programs: CVAT, labelme, Supervisely, Label Studio."""
