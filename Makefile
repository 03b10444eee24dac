# demo and test are for newcomers: each does all its own set-up on a Debian 12 with Swift.
.PHONY: help demo demo-city test torture torture-city sanitize bench bench-city build deb deb-city release test-package format clean

help: ## Say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

demo: ## A small city on this machine, live in the terminal (DEMO_SECONDS=30 ends by itself)
	@scripts/demo

demo-city: ## A city of three gateways, its collector and its pages (DEMO_SECONDS=120 ends by itself)
	@scripts/demo-city

test: ## Build and run every test
	@scripts/test

torture: ## Make faults for real and check every promise (two and a half hours; TORTURE=--quick: minutes; as root for the disks)
	@scripts/torture $(TORTURE)

torture-city: ## Kill the city's collector and all around it, and count (an hour; TORTURE=--quick: minutes; as root for the disk)
	@scripts/torture-city $(TORTURE)

sanitize: ## Torture it for some minutes under ThreadSanitizer and AddressSanitizer (SOAK_MINUTES=10: longer)
	@scripts/sanitize

bench: ## Measure what the gateway costs beside bare C and collectd (three quarters of an hour; BENCH=--quick: some minutes)
	@scripts/bench $(BENCH)

bench-city: ## Measure the city's collector beside a script and a C program (half an hour; BENCH=--quick: some minutes)
	@scripts/bench-city $(BENCH)

build: ## The release binary, with the Swift runtime inside
	@scripts/setup build
	@scripts/build

deb: ## The Debian package, for this machine's architecture; signed, as DEB_SIGN_KEY=KEY says
	@scripts/deb

deb-city: ## The Debian package of the city's side
	@scripts/deb-city

release: ## Both packages with SBOMs, release notes and checksums, in one folder (RELEASE=--dirty: a trial)
	@scripts/release $(RELEASE)

test-package: ## Try the package in a Debian 12 of its own, booted in a container (root)
	@scripts/test-package

format: ## Bring the sources into the project's format
	swift format --in-place --recursive Sources Tests Package.swift

clean: ## Remove what was built
	rm -rf .build
