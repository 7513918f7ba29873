"""A form with every kind of field the product asks with."""

from django import forms


class SampleForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As the children say it.")
    email = forms.EmailField(label="Address for mail")
    words = forms.CharField(label="Your own words", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    kind = forms.ChoiceField(label="Who may read it", choices=[("a", "Everyone at home"), ("b", "Only the preschool")])
    how = forms.ChoiceField(label="How to reach you", choices=[("m", "Mail"), ("p", "Paper")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="I have read this", help_text="It is not a consent.")
