"""Golden questions, the figures computed from their answers, and calibration."""
