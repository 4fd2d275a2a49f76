"""The kitchen of Digit Dash: from the data to the models that ship. Rooms, each on those before it:

- `data`: the sets: where they lie, how they are checked and split, what may only be measured;
- `forms`: what models learn from: drawn, varied and composed ink;
- `shipping`: what all recipes go through: options, steps, export, install;
- `fitting`: how models are fitted: loops, networks, schedules, curves;
- `knn`, `svm`, `fcn`, `classic`, `cnn`, `tiny`, `yolo`: the recipes, a page each; `all` runs them;
- `measures`: what the models reach on people that no training knows; `report` is their list;
- `experiments`: what was asked, tried and found; nobody builds on it.

`README.md` beside this file has the commands.
"""
