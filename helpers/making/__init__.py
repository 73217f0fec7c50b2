"""What made the weights, studies, fonts and pictures that lie in the repository.

For the authors of the course: no notebook imports it. ``python -m helpers.making.reference`` trains
the models of sections 04 and 05, ``helpers.making.backbone`` the base of section 07,
``helpers.making.detector`` and ``helpers.making.segmenter`` the networks of section 10.
``helpers.making.search`` runs the search of section 06. ``helpers.making.font`` draws the label
font, and ``helpers.making.sheet FILE`` the page of all characters.
"""
