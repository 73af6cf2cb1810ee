"""`python -m tests.plan.second_opinion COUNT SEED [NAME ...]`."""

from tests.core.whole.alone import main
from tests.plan.second_opinion.compared import COMPARISONS

main("tests.plan.second_opinion", COMPARISONS)
