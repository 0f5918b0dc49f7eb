"""Fitting the weights of the place, agent, target and decision models to hand-coded articles (scikit-learn needed).

    python -m pipeline.training ARTICLES.jsonl GOLD.jsonl [--write]

prints cross-validated figures; --write also fits on everything and replaces the weight tables.
"""
