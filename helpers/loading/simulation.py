"""Motor claims that the course simulates: counts of a known model, so that the truth is known."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from helpers.ground.draws import keys, uniform

import numpy as np

from .claims import Claims

SEED = 2026
KINDS = MappingProxyType({"city car": 0.35, "saloon": 0.30, "SUV": 0.20, "van": 0.15})
REGIONS = MappingProxyType({"countryside": 0.30, "town": 0.35, "city": 0.25, "mountains": 0.10})
NUMBERS = ("age", "power", "vehicle age", "mileage")
_KIND_EFFECTS = np.array([0.0, -0.05, 0.10, 0.20])  # in the order of KINDS
_REGION_EFFECTS = np.array([0.0, 0.15, 0.40, 0.10])  # in the order of REGIONS
_MOST = 60  # claims of one policy; with the rates of this model no probability is left above


def motor_claims(n: int = 20_000, *, seed: int = SEED) -> Claims:
    """Simulate `n` policies of motor insurance with their claims, glass and parking included.

    Parameters
    ----------
    n : int
        Policies, at least 1.
    seed : int
        Policy i is a function of `seed` and i alone: a smaller `n` gives the first of them.

    Returns
    -------
    Claims

    Raises
    ------
    ValueError
        If `n` is less than 1.

    Notes
    -----
    A policy draws, independently, with u uniform on [0, 1):

    - age of the driver: 18 + 70 u years; power: 45 (220 / 45)^u kW;
    - age of the vehicle: 20 u² years; mileage: 3 (45 / 3)^u thousand km a year;
    - kind: city car 35 %, saloon 30 %, SUV 20 %, van 15 %;
    - region: countryside 30 %, town 35 %, city 25 %, mountains 10 %;
    - exposure: a full year for 60 %, else 0.1 + 0.9 u years.

    With youth y = exp(-(age - 18) / 8), old age o = (max(age - 65, 0) / 20)² and relative power
    p = log(power / 80), the true rate in claims a year is the exponential of

    - -1.70, the base: a saloon's is 0.05 less, an SUV's 0.10, a van's 0.20 more;
    - town +0.15, city +0.40, mountains +0.10;
    - +1.00 y + 0.70 o: the curve over age is a U, steeper on the left;
    - +0.50 log(mileage / 12) + 0.25 p;
    - +1.40 y p: power is worst for the young (an interaction);
    - +0.60 for a van in a city (an interaction);
    - +0.07 vehicle age in the mountains, where brakes age (an interaction);
    - -0.35 exp(-vehicle age / 2) elsewhere: what is new keeps its distance by itself.

    The count is a Poisson number whose mean is the rate times the exposure.

    Examples
    --------
    >>> claims = motor_claims(1000)
    >>> claims.features.shape, claims.names[:2]
    ((1000, 12), ('age', 'power'))
    """
    if n < 1:
        raise ValueError(f"n is {n}: simulate at least 1 policy.")
    # One number a channel and policy: another channel would not move these.
    u = uniform(keys(seed, np.arange(n)), 9).T
    columns = {
        "age": 18 + 70 * u[0],
        "power": 45 * (220 / 45) ** u[1],
        "vehicle age": 20 * u[2] ** 2,
        "mileage": 3 * 15 ** u[3],
    }
    kind, region = _choice(u[4], KINDS), _choice(u[5], REGIONS)
    exposure = np.where(u[6] < 0.6, 1.0, 0.1 + 0.9 * u[7]).astype(np.float32)
    rates = true_rates(**{name.replace(" ", "_"): c for name, c in columns.items()},
                       kind=kind, region=region)  # fmt: skip
    features = np.column_stack([
        (columns["age"] - 53) / 20,
        (columns["power"] - 110) / 50,
        (columns["vehicle age"] - 6.7) / 6,
        (columns["mileage"] - 15.5) / 11.5,
        np.eye(len(KINDS))[kind],
        np.eye(len(REGIONS))[region],
    ]).astype(np.float32)  # fmt: skip
    named = {"kind": np.array(list(KINDS))[kind], "region": np.array(list(REGIONS))[region]}
    return Claims(
        features,
        (*NUMBERS, *KINDS, *REGIONS),
        exposure,
        _poisson(rates * exposure, u[8]),
        rates,
        MappingProxyType(columns | named),
    )


def true_rates(age, power, vehicle_age, mileage, kind, region) -> np.ndarray:
    """Return claims a year by the model that :func:`motor_claims` states.

    Parameters
    ----------
    age, power, vehicle_age, mileage : array_like
        In years, kW, years and 1,000 km a year.
    kind, region : array_like of int
        Places in ``KINDS`` and ``REGIONS``.

    Returns
    -------
    numpy.ndarray
        float64, of the shape that all of them broadcast to.
    """
    age, power, vehicle_age, mileage = (
        np.asarray(c, np.float64) for c in (age, power, vehicle_age, mileage)
    )
    kind, region = np.asarray(kind), np.asarray(region)
    youth = np.exp(-(age - 18) / 8)
    old = (np.maximum(age - 65, 0) / 20) ** 2
    strong = np.log(power / 80)
    van_in_city = (kind == list(KINDS).index("van")) & (region == list(REGIONS).index("city"))
    mountains = region == list(REGIONS).index("mountains")
    return np.exp(
        -1.70
        + _KIND_EFFECTS[kind]
        + _REGION_EFFECTS[region]
        + 1.00 * youth
        + 0.70 * old
        + 0.50 * np.log(mileage / 12)
        + 0.25 * strong
        + 1.40 * youth * strong
        + 0.60 * van_in_city
        + np.where(mountains, 0.07 * vehicle_age, -0.35 * np.exp(-vehicle_age / 2))
    )


def _choice(u: np.ndarray, shares: Mapping[str, float]) -> np.ndarray:
    """Turn uniform numbers (N,) into places (N,) of categories with the given shares."""
    edges = np.cumsum(list(shares.values()))[:-1]
    return np.searchsorted(edges, u, side="right")


def _poisson(mean: np.ndarray, u: np.ndarray) -> np.ndarray:
    """Turn uniform numbers (N,) into Poisson numbers (N,), int64, by inverting the distribution."""
    counts = np.zeros(len(mean), np.int64)
    probability = np.exp(-mean)
    cumulated = probability.copy()
    for k in range(1, _MOST):
        counts += u >= cumulated
        probability = probability * mean / k
        cumulated += probability
    return counts
