"""What every test may rely on: strategies are known by their titles."""

from scenarios.config import catalog as catalog
