"""The part of the table by hand that is about transfers: see test_matrix.py."""

AT_TRANSFERS = """
CHILD LEAVE_OUT
  Alma | astrid ulf
  Bo | birger
  Elsa | ines-as-guardian
  Milo |
  Noor |
CHILD PUT_BACK
  Alma | astrid ulf
  Bo | birger
  Elsa | ines-as-guardian
  Milo |
  Noor |
CHILD HAND_OVER
  Alma | eva
  Bo | eva
  Elsa | eva
  Milo | eva
  Noor | olga
CHILD COPY
  Alma | astrid mats ulf moa
  Bo | birger
  Elsa | ines-as-guardian
  Milo |
  Noor |
CHILD DISCLOSE
  Alma | eva
  Bo | eva
  Elsa | eva
  Milo | eva
  Noor | olga
WORDS GO_ALONG
  Astrid's for the home | astrid
  Astrid's for the preschool | astrid
  Ulf's before showing | ulf
  Ulf's shown to other homes | ulf
  Ulf's for the preschool | ulf
  Ines's about Elsa | ines-as-guardian
  Birger's, withdrawn |
ENTRY CORRECT
  draft about Bo |
  draft about Alma |
  draft about nobody |
  Siri's draft about nobody |
  Siri's draft about Bo |
  draft about Elsa alone |
  draft about Elsa and Bo |
  draft about Bo and Milo |
  shared about Alma |
  shared about Alma and Bo |
  shared about Elsa alone |
  shared about Elsa and Bo |
  Siri's about Bo, shared by Cecilia |
  withdrawn about Bo |
  shared about Alma and Tyra, Tyra taken off |
  shared about Noor in the other unit |
  shared about Alma in her old unit |
HANDOVER READ
  Alma's to the school | astrid mats ulf moa cecilia ines eva
  Bo's to a school elsewhere | birger cecilia ines eva
  Elsa's, cancelled | ines-as-guardian eva
HANDOVER PICK
  Alma's to the school | astrid ulf cecilia ines eva
  Bo's to a school elsewhere | birger cecilia ines eva
  Elsa's, cancelled |
HANDOVER SEND
  Alma's to the school | eva
  Bo's to a school elsewhere | eva
  Elsa's, cancelled |
HANDOVER REVOKE
  Alma's to the school | eva
  Bo's to a school elsewhere | eva
  Elsa's, cancelled | eva
"""
