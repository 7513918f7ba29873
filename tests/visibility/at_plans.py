"""The part of the table by hand that is about plans and what the team thinks: see test_matrix.py."""

AT_PLANS = """
PLAN READ
  of Granen | cecilia karin eva frans ines
  of the whole of Skogsgläntan | cecilia karin eva frans ines
  of Klövern | lena
PLAN WRITE
  of Granen | cecilia karin ines
  of the whole of Skogsgläntan | eva
  of Klövern | lena
PLAN NOTE
  of Granen | cecilia karin ines eva
  of the whole of Skogsgläntan | eva
  of Klövern | lena
ENTRY NOTE
  draft about Bo | cecilia karin ines
  draft about Alma | cecilia karin ines
  draft about nobody | cecilia karin ines
  Siri's draft about nobody | cecilia karin ines
  Siri's draft about Bo | cecilia karin ines
  draft about Elsa alone | cecilia karin
  draft about Elsa and Bo | cecilia karin
  draft about Bo and Milo |
  shared about Alma | cecilia karin ines eva
  shared about Alma and Bo | cecilia karin ines eva
  shared about Elsa alone | cecilia karin eva
  shared about Elsa and Bo | cecilia karin eva
  Siri's about Bo, shared by Cecilia | cecilia karin ines eva
  withdrawn about Bo | cecilia karin ines eva
  shared about Alma and Tyra, Tyra taken off | cecilia karin ines eva
  shared about Noor in the other unit | lena
  shared about Alma in her old unit |
"""
