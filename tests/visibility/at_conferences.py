"""The part of the table by hand that is about conferences: see test_matrix.py."""

AT_CONFERENCES = """
CHILD ISSUE
  Alma | cecilia ines eva
  Bo | cecilia ines eva
  Elsa | cecilia eva
  Milo | eva
  Noor | lena
CHILD HOLD
  Alma | cecilia ines eva
  Bo | cecilia ines eva
  Elsa | cecilia eva
  Milo | eva
  Noor | lena
UNIT KEEP
  Skogsgläntan | cecilia karin eva frans ines
  Ängen | lena
  Björkskolan |
FREE_TIME READ
  Cecilia's | cecilia karin eva frans ines
  Lena's | lena
FREE_TIME WRITE
  Cecilia's | cecilia karin eva frans ines
  Lena's | lena

CONFERENCE READ
  about Alma, under way | astrid mats ulf cecilia karin ines frans eva
  about Alma, sealed last year | astrid mats ulf cecilia karin ines frans eva
  about Alma, sealed in her old unit | astrid mats ulf
  about Bo, being prepared | birger cecilia karin ines eva
  about Elsa, shown | ines-as-guardian cecilia karin eva
  about Noor in the other unit | lena
  about Tyra, begun by mistake | cecilia karin ines eva
CONFERENCE CONTRIBUTE
  about Alma, under way | astrid mats ulf
  about Alma, sealed last year |
  about Alma, sealed in her old unit |
  about Bo, being prepared |
  about Elsa, shown | ines-as-guardian
  about Noor in the other unit |
  about Tyra, begun by mistake |
CONFERENCE WRITE
  about Alma, under way | cecilia karin ines
  about Alma, sealed last year |
  about Alma, sealed in her old unit |
  about Bo, being prepared | cecilia karin ines
  about Elsa, shown | cecilia karin
  about Noor in the other unit | lena
  about Tyra, begun by mistake |
CONFERENCE SHOW
  about Alma, under way | cecilia ines
  about Alma, sealed last year |
  about Alma, sealed in her old unit |
  about Bo, being prepared | cecilia ines
  about Elsa, shown | cecilia
  about Noor in the other unit | lena
  about Tyra, begun by mistake |
CONFERENCE SEAL
  about Alma, under way | cecilia ines
  about Alma, sealed last year |
  about Alma, sealed in her old unit |
  about Bo, being prepared | cecilia ines
  about Elsa, shown | cecilia
  about Noor in the other unit | lena
  about Tyra, begun by mistake |
CONFERENCE ADD
  about Alma, under way |
  about Alma, sealed last year | cecilia ines
  about Alma, sealed in her old unit |
  about Bo, being prepared |
  about Elsa, shown |
  about Noor in the other unit |
  about Tyra, begun by mistake |
CONFERENCE CLOSE
  about Alma, under way | cecilia ines eva
  about Alma, sealed last year |
  about Alma, sealed in her old unit |
  about Bo, being prepared | cecilia ines eva
  about Elsa, shown | cecilia eva
  about Noor in the other unit | lena
  about Tyra, begun by mistake |
CONFERENCE HOLD
  about Alma, under way | cecilia ines eva
  about Alma, sealed last year |
  about Alma, sealed in her old unit |
  about Bo, being prepared | cecilia ines eva
  about Elsa, shown | cecilia eva
  about Noor in the other unit | lena
  about Tyra, begun by mistake |
CONFERENCE OFFER
  about Alma, under way | cecilia ines eva
  about Alma, sealed last year |
  about Alma, sealed in her old unit |
  about Bo, being prepared | cecilia ines eva
  about Elsa, shown | cecilia eva
  about Noor in the other unit | lena
  about Tyra, begun by mistake |

FIELD READ
  only for the staff | cecilia karin ines frans eva
  shown | cecilia karin ines frans eva
  from the talk | cecilia karin ines frans eva
  Astrid's home's first words | astrid mats
  Astrid's home's, handed in | astrid mats cecilia karin ines frans eva
  Ulf's home's, not handed in | ulf
  Elsa's, only for the staff | cecilia karin eva
MATERIAL READ
  picked by the staff | cecilia karin ines frans eva
  picked by Astrid's home | astrid mats cecilia karin ines frans eva
  picked by Ulf's home | ulf

VERSION READ
  Alma's first showing | cecilia karin ines frans eva
  Alma's newest showing | astrid mats ulf cecilia karin ines frans eva
  Alma's sealed | astrid mats ulf cecilia karin ines frans eva
  Alma's addition | astrid mats ulf cecilia karin ines frans eva
  sealed in her old unit | astrid mats ulf
  Elsa's showing | ines-as-guardian cecilia karin eva
RECORD READ
  first showing | cecilia karin ines frans eva
  newest showing | astrid mats ulf cecilia karin ines frans eva
  sealed, for every home | astrid mats ulf cecilia karin ines frans eva
  sealed, of Astrid's home | astrid mats cecilia karin ines frans eva
  sealed in her old unit | astrid mats ulf
RECORDED_MATERIAL READ
  sealed, for every home | astrid mats ulf cecilia karin ines frans eva
  sealed, of Ulf's home | ulf cecilia karin ines frans eva

AGREEMENT READ
  under way | cecilia karin ines frans eva
  sealed | astrid mats ulf cecilia karin ines frans eva
AGREEMENT WRITE
  under way | cecilia karin ines
  sealed |
AGREEMENT FOLLOW_UP
  under way |
  sealed | cecilia karin ines
TALK READ
  with every home | astrid mats ulf cecilia karin ines frans eva
  with Ulf's home | ulf cecilia karin ines frans eva
SIDE READ
  of Astrid's home | astrid mats cecilia karin ines frans eva
  of Ulf's home | ulf cecilia karin ines frans eva
OFFER READ
  to Astrid's home | astrid mats cecilia karin ines frans eva
  to Ulf's home, taken back | cecilia karin ines frans eva
OFFER BOOK
  to Astrid's home | astrid
  to Ulf's home, taken back |
OFFER WITHDRAW
  to Astrid's home | cecilia ines eva
  to Ulf's home, taken back | cecilia ines eva
"""
