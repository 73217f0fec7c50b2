"""Insurance policies and their claims: features, exposure, counts, and the rates behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np


@dataclass(frozen=True, eq=False)
class Claims:
    """Policies, their claims, and what only a simulation knows: their true rates.

    Attributes
    ----------
    features : numpy.ndarray
        (N, 12) float32: four numbers standardised by fixed constants, kind and region one-hot.
    names : tuple of str
        The 12 names of the features.
    exposure : numpy.ndarray
        (N,) float32, years at risk, more than 0 and at most 1.
    counts : numpy.ndarray
        (N,) int64, claims in that time.
    rates : numpy.ndarray
        (N,) float64, the true rate in claims a year: what a perfect model would predict.
    columns : mapping of str to numpy.ndarray
        What the features were made of: "age" and "vehicle age" in years, "power" in kW, "mileage"
        in 1,000 km a year, "kind" and "region" as text.
    """

    features: np.ndarray
    names: tuple[str, ...]
    exposure: np.ndarray
    counts: np.ndarray
    rates: np.ndarray
    columns: Mapping[str, np.ndarray]

    def __len__(self) -> int:
        return len(self.counts)

    def __getitem__(self, chosen: Any) -> Claims:
        """Return some of the policies: a slice, indices (M,) or (N,) bools."""
        arrays = {n: getattr(self, n)[chosen] for n in ("features", "exposure", "counts", "rates")}
        columns = {name: column[chosen] for name, column in self.columns.items()}
        return replace(self, **arrays, columns=MappingProxyType(columns))

    @cached_property
    def expected(self) -> np.ndarray:
        """The true mean of the counts, (N,) float64: rate times exposure."""
        return self.rates * self.exposure

    @property
    def inputs(self) -> list[np.ndarray]:
        """What the network takes: features (N, 12) and exposure (N, 1), float32."""
        return [self.features, self.exposure[:, np.newaxis]]

    def split(self, train: float = 0.6, validation: float = 0.2) -> tuple[Claims, Claims, Claims]:
        """Cut into training, validation and test set; policies are independent, so in order.

        Parameters
        ----------
        train, validation : float
            Shares; the test set is the rest.

        Raises
        ------
        ValueError
            If a part would be empty.
        """
        first, second = round(train * len(self)), round((train + validation) * len(self))
        if not 0 < first < second < len(self):
            raise ValueError(
                f"train={train} and validation={validation} of {len(self)} policies leave a part "
                "empty: give shares above 0 that add up to less than 1."
            )
        return self[:first], self[first:second], self[second:]

    def excess(self, expected: np.ndarray) -> float:
        """Return by how much predictions lose to the truth, on average over what might happen.

        Parameters
        ----------
        expected : numpy.ndarray
            (N,) or (N, 1) predicted mean counts, positive.

        Returns
        -------
        float
            The expected Poisson loss minus that of the true means; 0 for the truth, else more. It
            is half the mean deviance of the predictions from the true means.

        Raises
        ------
        ValueError
            If there is not one prediction for each policy, or one is not positive.
        """
        from sklearn.metrics import mean_poisson_deviance

        expected = np.asarray(expected, np.float64).ravel()
        if len(expected) != len(self.counts):
            raise ValueError(
                f"{len(self.counts)} policies and {len(expected)} predictions: give one for each."
            )
        if not (expected > 0).all():
            raise ValueError(
                f"expected holds {expected.min():.3g}: a mean count is positive; does the model "
                "end in an exponential?"
            )
        return mean_poisson_deviance(self.expected, expected) / 2
