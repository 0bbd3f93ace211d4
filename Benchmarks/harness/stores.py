"""A node of the API on either engine, whose tables can be filled by the million, past the product."""

import itertools
import os
import random
import sqlite3
import subprocess
import time
from contextlib import contextmanager

from . import postgresql, server

ENGINES = ("sqlite", "postgresql")
ROWS = 1_000_000
# So many at once: the product waits 5 s for another's lock on SQLite, and a transaction of these is shorter.
CHUNK = 50_000


class SQLite:
    engine = "sqlite"

    def __init__(self, folder):
        self.place = os.path.join(folder, "sautikit.sqlite")

    def fill(self, table, columns, rows):
        marks = ", ".join("?" for _ in columns)
        statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
        connection = sqlite3.connect(self.place, timeout=60, isolation_level=None)
        try:
            for chunk in chunks(rows):
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany(statement, chunk)
                connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    def find_id(self, table, condition):
        """The id of the one row of `table` that meets `condition`, 16 bytes."""
        connection = sqlite3.connect(self.place, timeout=60)
        try:
            [(found,)] = connection.execute(f"SELECT id FROM {table} WHERE {condition}").fetchall()
            return found
        finally:
            connection.close()


class PostgreSQL:
    engine = "postgresql"

    def __init__(self, url):
        self.place = url

    def fill(self, table, columns, rows):
        # A replica's role does not look up what a foreign key means, row by row: the rows here are known to be right.
        copy = self.psql(
            "-c", "SET session_replication_role = replica", "-c", f"COPY {table} ({', '.join(columns)}) FROM STDIN")
        with subprocess.Popen(copy, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
            for chunk in chunks(rows):
                process.stdin.write("".join("\t".join(map(copied, row)) + "\n" for row in chunk))
        if process.returncode != 0:
            raise RuntimeError(f"{table} could not be filled")
        # As the server itself does within its first minutes.
        subprocess.run(self.psql("-c", f"VACUUM ANALYZE {table}"), check=True, capture_output=True, timeout=300)

    def find_id(self, table, condition):
        """The id of the one row of `table` that meets `condition`, 16 bytes."""
        question = self.psql("-At", "-c", f"SELECT encode(id, 'hex') FROM {table} WHERE {condition}")
        output = subprocess.run(question, check=True, capture_output=True, text=True, timeout=60).stdout
        [found] = output.split()
        return bytes.fromhex(found)

    def psql(self, *options):
        return [f"{postgresql.programs()}/psql", self.place, "-v", "ON_ERROR_STOP=1", *options]


def chunks(rows):
    rows = iter(rows)
    while chunk := list(itertools.islice(rows, CHUNK)):
        yield chunk


def copied(value):
    """A value in the text form of COPY; no text here needs escaping."""
    if value is None:
        return "\\N"
    return "\\\\x" + value.hex() if isinstance(value, bytes) else str(value)


@contextmanager
def serving(engine):
    """Yields the server and its store."""
    if engine == "sqlite":
        with server.serving(SAUTIKIT_ROLES="api") as product:
            yield product, SQLite(product.environment["SAUTIKIT_DATA_DIR"])
    else:
        with postgresql.serving() as url, server.serving(SAUTIKIT_ROLES="api", SAUTIKIT_DATABASE_URL=url) as product:
            yield product, PostgreSQL(url)


def identifiers(count, seconds_apart=2):
    """UUIDs of version 7 in the order of time, the last of them a minute old: (16 bytes, milliseconds)."""
    draw = random.Random(7)
    last_ms = int(1000 * (time.time() - 60))
    for index in range(count):
        ms = last_ms - 1000 * seconds_apart * (count - 1 - index)
        number = ms << 80 | 7 << 76 | draw.getrandbits(12) << 64 | 2 << 62 | draw.getrandbits(62)
        yield number.to_bytes(16), ms
