"""The part of the table by hand that is about who works at a unit: see test_matrix.py."""

AT_UNITS = """
UNIT READ
  Skogsgläntan | cecilia karin eva frans ines olga
  Ängen | lena olga
  Björkskolan | hanna olga
UNIT STAFF
  Skogsgläntan | eva
  Ängen |
  Björkskolan | hanna
UNIT APPOINT
  Skogsgläntan | olga
  Ängen | olga
  Björkskolan | olga
UNIT COVER
  Skogsgläntan | eva
  Ängen |
  Björkskolan | hanna
UNIT TOTAL
  Skogsgläntan | olga
  Ängen | olga
  Björkskolan | olga
UNIT GIVE_PASS
  Skogsgläntan | cecilia karin eva frans ines
  Ängen | lena
  Björkskolan |
UNIT PAIR
  Skogsgläntan | eva
  Ängen |
  Björkskolan | hanna
DEVICE READ
  Granen's tablet | cecilia karin eva frans ines
  the school's tablet | hanna
  waiting |
DEVICE REVOKE
  Granen's tablet | cecilia karin eva frans ines
  the school's tablet | hanna
  waiting |
REVIEW READ
  Skogsgläntan's | eva olga
  the school's | hanna olga
REVIEW SIGN
  Skogsgläntan's | eva
  the school's | hanna
DUTY READ
  Cecilia's | eva
  David's, ended | eva
  Eva's, as head | eva olga
  Lena's in the other unit |
  Gun's at the school | hanna
  Hanna's, as the school's head | hanna olga
  Olga's, for the owner |
DUTY CHANGE
  Cecilia's | eva
  David's, ended | eva
  Eva's, as head | olga
  Lena's in the other unit |
  Gun's at the school | hanna
  Hanna's, as the school's head | olga
  Olga's, for the owner |
PASS READ
  Siri's | cecilia karin eva frans ines
PASS END
  Siri's | cecilia karin eva frans ines
"""
