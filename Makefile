# Two commands matter: `make compile` turns specs/ into generated/, `make test` proves everything.
# `make check` is what a change has to pass before it is merged.

SWIFT ?= swift
BUILD ?= .build
# With the runtime inside, so that the program runs where there is no Swift, and starts sooner.
RELEASE_FLAGS := -c release --product nines --scratch-path $(BUILD) --static-swift-stdlib
# The program for the commands that ask other machines. HTTP and TLS take longer to build than all the rest.
REMOTE_FLAGS := -c release --product nines-remote --scratch-path $(BUILD) --static-swift-stdlib
# The plans in specs/ were last gone through on this day; without it, what is in date today would fail tests next year.
JUDGED_ON := 2026-11-23
DEBUG_FLAGS := --scratch-path $(BUILD)
# The tests that talk to servers, their own or real ones.
TALKING := ^(BudgetSourcesTests|GateServerTests|LiveTests)\.

# What the programs in Benchmarks/ are built with.
BENCH_FLAGS := -c release --scratch-path $(BUILD)
# The same with everything inside, libyaml and the C library too: one file that runs on any Linux, and starts at once.
STATIC_FLAGS := -c release --product nines --scratch-path $(BUILD)/static --static-swift-stdlib -Xswiftc -static-executable

.PHONY: fuzz crash release bench bench-alerts bench-backfill bench-budget bench-hostile bench-instructions bench-packages bench-serve check-api compile build remote test check generated format clean packages test-packages

compile: build
	@$$($(SWIFT) build $(RELEASE_FLAGS) --show-bin-path)/nines compile --today $(JUDGED_ON)
	@$$($(SWIFT) build $(RELEASE_FLAGS) --show-bin-path)/nines explain --all -o generated/rules
	@$$($(SWIFT) build $(RELEASE_FLAGS) --show-bin-path)/nines schema --all -o generated/schema

build: packages
	@$(SWIFT) build $(RELEASE_FLAGS)

release: packages
	@$(SWIFT) build $(STATIC_FLAGS)
	@mkdir -p $(BUILD)/dist
	@strip -o $(BUILD)/dist/nines "$$($(SWIFT) build $(STATIC_FLAGS) --show-bin-path)/nines"
	@echo "$(BUILD)/dist/nines: $$(wc -c < $(BUILD)/dist/nines) bytes"

# Measures the released program over made-up workspaces: Benchmarks/speed/README.md.
bench: release
	@scripts/install-packages bench
	@Benchmarks/speed/run $(BUILD)/dist/nines $(BENCH)

# Input that nobody means well, at a size and at half of it: Benchmarks/speed/README.md.
bench-hostile: release
	@scripts/install-packages bench
	@Benchmarks/speed/hostile $(BUILD)/dist/nines

# Counts instructions, which no other program on the machine changes; BENCH=--update makes the counts the new measure.
bench-instructions: release
	@scripts/install-packages bench
	@Benchmarks/speed/instructions $(BUILD)/dist/nines $(BENCH)

# Feeds made-up bytes to everything that reads, each target for FOR seconds: Tests/Fuzzing/README.md.
FOR ?= 60
fuzz: packages
	@scripts/fuzz $(FOR) $(TARGETS)

# Kills compilations at random moments, hundreds of times; the tests do it a few times.
KILLS ?= 300
crash: packages
	@$(SWIFT) build --build-tests $(DEBUG_FLAGS)
	@NINES_KILLS=$(KILLS) $(SWIFT) test --skip-build $(DEBUG_FLAGS) --filter KilledRunTests

remote: packages
	@$(SWIFT) build $(REMOTE_FLAGS)

# What the rules make of 31 days of histories in a real Prometheus, against what truly happened.
bench-budget: build
	@scripts/install-packages bench
	@/usr/bin/python3 -B Benchmarks/budget/run.py "$$($(SWIFT) build $(RELEASE_FLAGS) --show-bin-path)/nines"

# What `nines backfill` makes of the same histories.
bench-backfill: build remote
	@scripts/install-packages bench
	@/usr/bin/python3 -B Benchmarks/budget/backfill.py "$$($(SWIFT) build $(RELEASE_FLAGS) --show-bin-path)/nines"

test: packages test-packages
	@$(SWIFT) build --build-tests $(DEBUG_FLAGS)
	@scripts/check-generated "$$($(SWIFT) build $(DEBUG_FLAGS) --show-bin-path)/nines" $(JUDGED_ON)
	@scripts/check-plugin $(BUILD)
	@Benchmarks/speed/instructions "$$($(SWIFT) build $(DEBUG_FLAGS) --show-bin-path)/nines" --debug
	@$(SWIFT) test --skip-build $(DEBUG_FLAGS) --skip '$(TALKING)'
	@# Apart from tests that compute: those keep the threads that answers arrive on.
	@$(SWIFT) test --skip-build $(DEBUG_FLAGS) --filter '$(TALKING)' --skip LiveProofTests
	@# It lives by the clock, second by second, and has the machine for itself.
	@$(SWIFT) test --skip-build $(DEBUG_FLAGS) --filter LiveProofTests

check: packages test-packages
	@$(SWIFT) format lint --strict --recursive Package.swift Sources Tests Plugins Benchmarks
	@scripts/check-sources
	@$(SWIFT) build --build-tests $(DEBUG_FLAGS) --explicit-target-dependency-import-check error
	@$(MAKE) --no-print-directory test

# Writes generated/ anew with the program as it is; review the difference like code.
generated:
	@$(SWIFT) build $(DEBUG_FLAGS) --product nines
	@$(BUILD)/debug/nines compile --today $(JUDGED_ON)
	@$(BUILD)/debug/nines explain --all -o generated/rules
	@$(BUILD)/debug/nines schema --all -o generated/schema

# Plays incidents with the alerts that are compiled: Benchmarks/alerts/README.md.
bench-alerts: packages
	@$(SWIFT) build $(BENCH_FLAGS) --product bench-alerts
	@$$($(SWIFT) build $(BENCH_FLAGS) --show-bin-path)/bench-alerts $(BENCH)

# Decisions a second beside the floor, memory, idle and slow connections: docs/serve.md.
bench-serve: remote bench-packages
	@scripts/bench-serve "$$($(SWIFT) build $(REMOTE_FLAGS) --show-bin-path)/nines-remote"

# The server held against its own OpenAPI document by schemathesis, which comes from PyPI: docs/serve.md.
check-api: packages
	@scripts/install-packages api
	@$(SWIFT) build $(DEBUG_FLAGS) --product nines-remote
	@scripts/check-api $(BUILD)/debug/nines-remote $(CASES)

format:
	@$(SWIFT) format --in-place --recursive Package.swift Sources Tests Plugins Benchmarks

clean:
	@$(SWIFT) package --scratch-path $(BUILD) clean

packages:
	@scripts/install-packages compile

test-packages:
	@scripts/install-packages test

bench-packages:
	@scripts/install-packages bench
