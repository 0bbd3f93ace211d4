# Two commands do everything on a fresh machine: `make run` and `make test`.

SWIFT ?= swift
BUILD_FLAGS = --explicit-target-dependency-import-check error

.PHONY: help run build sdk test test-sdk bench soak fuzz fuzz-api fuzz-money format lint setup-run setup-test setup-bench clean

help: ## Shows this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup-run build ## Installs, builds, starts the server with its sandbox, runs the quickstart and stays up
	@scripts/build-sdk --if-changed
	@scripts/run

build: ## Leaves the release binary at .build/release/sautikit
	$(SWIFT) build -c release --product sautikit $(BUILD_FLAGS)

test: setup-test ## Installs what is missing and runs every test
	@$(MAKE) --no-print-directory test-sdk
	$(SWIFT) build --build-tests $(BUILD_FLAGS)
	@SWIFT="$(SWIFT)" scripts/test

sdk: ## Leaves the browser SDK and the web phone in clients/browser/dist
	@scripts/build-sdk

test-sdk: ## Checks the types of the browser SDK and runs the traces of its state machines
	@scripts/build-sdk --if-changed
	node --test clients/browser/test/*.test.js

bench: setup-bench build ## Measures the server against its references and prints the table
	@scripts/bench

soak: setup-bench build ## Keeps 200 calls up for half an hour and checks that nothing is left over (MINUTES=30 CALLS=200)
	cd Benchmarks && python3 -m harness.soak --minutes $${MINUTES:-30} --calls $${CALLS:-200}

fuzz: ## Feeds every parser of the wire, and that of voice documents, with hostile bytes for a minute each
	@scripts/fuzz

fuzz-api: setup-test ## Asks the API whatever its contract allows and forbids, on both databases, for a quarter of an hour
	$(SWIFT) build --build-tests $(BUILD_FLAGS)
	FUZZ_API_EXAMPLES=$${FUZZ_API_EXAMPLES:-150} $(SWIFT) test --skip-build --filter ContractFuzzTests

fuzz-money: setup-test ## Lives 50,000 random histories of wallets on each database, with crashes between any two steps
	$(SWIFT) build --build-tests $(BUILD_FLAGS)
	SAUTIKIT_HISTORIES=$${SAUTIKIT_HISTORIES:-50000} $(SWIFT) test --skip-build --filter HistoryTests

format: ## Formats every Swift file in place
	$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

lint: ## Checks the formatting; fails on any finding
	$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)

setup-run: ## Installs the system packages that a running server needs
	@scripts/setup run

setup-test: ## Installs what the tests need, peers included
	@scripts/setup run test

setup-bench: ## Installs what the benchmarks need
	@scripts/setup run test bench

clean: ## Removes what was built; keeps var/
	rm -rf .build .build-*

SOURCES = Package.swift Sources Plugins Tests $(wildcard Benchmarks/Package.swift Benchmarks/Sources Fuzz/Package.swift Fuzz/Sources)
