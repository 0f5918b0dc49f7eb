"""Fitting the weights of the place, agent, target and decision models to hand-coded articles (scikit-learn needed).

    python -m pipeline.training ARTICLES GOLD.jsonl [--more ARTICLES --more LABELS.jsonl] [--write]

prints cross-validated figures on the gold; --write also fits on everything and replaces the weight tables. Articles
without labels are passed over, so that a whole corpus may be given (make train does it with datasets/labels).
"""
