"""The table that `make bench` prints: what was measured, its reference, the ratio, the target, and whether it is met."""

import statistics


class Table:
    def __init__(self):
        self.rows = []

    def ratio(self, name, ours, reference, target, at_least=True, unit=""):
        """A row from paired runs: `ours` and `reference` are lists of the same length, measured in turn."""
        ratios = [a / b for a, b in zip(ours, reference)]
        middle = statistics.median(ratios)
        met = middle >= target if at_least else middle <= target
        self.add(
            name, f"{statistics.median(ours):,.4g} {unit}", f"{statistics.median(reference):,.4g} {unit}",
            f"{middle:.2f} ({min(ratios):.2f} to {max(ratios):.2f})", f"{'>=' if at_least else '<='} {target}", met)

    def bound(self, name, value, limit, unit):
        self.add(name, f"{value:,.4g} {unit}", "", "", f"<= {limit:g} {unit}", value <= limit)

    def repeated(self, name, values, limit, unit, reference=()):
        """A row from repeated runs with a limit of its own; a reference, if there is one, shows what the machine did."""
        middle = statistics.median(values)
        theirs = spread(reference, unit) if reference else ""
        self.add(name, spread(values, unit), theirs, "", f"<= {limit:g} {unit}", middle <= limit)

    def add(self, name, ours, reference, ratio, target, met):
        self.rows.append((name, ours, reference, ratio, target, "met" if met else "NOT MET"))
        print("  " + "  ".join(part for part in self.rows[-1] if part), flush=True)

    def print(self):
        head = ("measured", "ours", "reference", "ratio: median (min to max)", "target", "")
        widths = [max(len(row[i]) for row in [head, *self.rows]) for i in range(len(head))]
        for row in [head, *self.rows]:
            print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |")
            if row is head:
                print("|" + "|".join("-" * (width + 2) for width in widths) + "|")


def spread(values, unit):
    return f"{statistics.median(values):,.3g} {unit} ({min(values):,.3g} to {max(values):,.3g})"
