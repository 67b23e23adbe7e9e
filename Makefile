# The same entry points for those who think in make. Maven does the work; `make help` lists them.

MVN  = mvn -B
RUNS = 50
KILLS = 200
SEED = 20261130
CASES = 2000
LABS = $(notdir $(wildcard labs/lab[0-9]*))

.DEFAULT_GOAL = help
.PHONY: help $(LABS) labs test slow hard kills soak fuzz verify bench bench-short bench-copy doctor doctors cli-samples samples format check-aarch64 slurm class bench-grade clean

help: ## this list
	@awk -F ':.*## ' '/^[-$$a-zA-Z0-9()]+:.*## / { sub(/\$$\(LABS\)/, "$(LABS)", $$1); printf "  make %-13s %s\n", $$1, $$2 }' Makefile

$(LABS): ## run that lab on the programs in its folder, and write the report
	@$(MVN) -q test -P$@

labs: ## run all labs, and print one table: points, time, report
	@./brkmap lab run --all

test: ## the harness's own tests
	@$(MVN) test

slow: ## those of the harness's tests that take minutes
	@$(MVN) test -Dtests.groups=slow -Dtests.excluded=

soak: ## RUNS runs of each of LABS, in settings that must not matter, under load
	@src/test/sh/soak.sh $(RUNS) $(LABS)

kills: ## end labs by SIGKILL at KILLS moments drawn by chance, and look whether anything is left
	@$(MVN) test -Dtests.groups=long -Dtests.excluded= -Dtest=KilledLabsTest -Dkills=$(KILLS)

hard: ## labs on hard machines and on bad input; some minutes
	@$(MVN) test -Dtests.groups='slow | long' -Dtests.excluded= -Dtest='org.brkmap.hard.**'

fuzz: ## read CASES reports, rosters, archives and rules that are wrong in a way drawn from SEED
	@$(MVN) test -Dtests.groups=fuzz -Dtests.excluded= -Dfuzz.seed=$(SEED) -Dfuzz.cases=$(CASES)

verify: ## the tests, the formatting, and the coverage report
	@$(MVN) verify

bench: ## measure brkmap, mallocs and copies in about half an hour, into docs/MEASURING.md and target/reports
	@mkdir -p target/reports
	@./brkmap bench self --into docs/MEASURING.md
	@./brkmap bench malloc --into docs/MEASURING.md --html target/reports/malloc.html
	@./brkmap bench copy --into docs/MEASURING.md --out target/reports

bench-grade: ## measure reading 100 to 10,000 reports, and running submissions again, into docs/MEASURING.md
	@./brkmap bench grade --into docs/MEASURING.md

bench-short: ## that all of it can be measured here, in a minute or so, into target/bench-short
	@mkdir -p target/bench-short
	@./brkmap bench self --rounds 2 --pairs 1000 --lab-rounds 0 --mappings 1000
	@./brkmap bench malloc --only glibc --html target/bench-short/malloc.html
	@./brkmap bench copy --sizes 4k,1m --rounds 10 --destination new --out target/bench-short

bench-copy: ## measure ways to copy files: plots and reasons in target/reports/copy.html
	@./brkmap bench copy

doctor: ## say what this machine has and lacks
	@./brkmap doctor

doctors: ## as root: say it as another user, without user namespaces and without ptrace, too
	@src/test/sh/doctors.sh

cli-samples: ## run what docs/CLI.md shows, and put what it says now into it
	@src/test/sh/cli-samples.sh

samples: ## build the programs under observation into sample-c/build
	@$(MAKE) --no-print-directory -C sample-c

format: ## format the Java sources as the build wants them
	@$(MVN) -q spotless:apply

slurm: ## as root: grade a small class as a Slurm job array on this machine, cancelled in the middle, and compare
	@src/test/sh/slurm.sh

class: ## grade a made-up class of 60 twice here, by GNU parallel and (as root) by Slurm: the same gradebook each time?
	@src/test/sh/class.sh

check-aarch64: ## compile the native parts for the other processor, warnings as errors
	@aarch64-linux-gnu-gcc -O2 -Wall -Wextra -Werror -fsyntax-only src/main/c/launch.c
	@aarch64-linux-gnu-gcc -O2 -Wall -Wextra -Werror -fsyntax-only src/main/c/confine.c
	@aarch64-linux-gnu-gcc -O2 -Wall -Wextra -Werror -fsyntax-only src/main/c/alone.c
	@aarch64-linux-gnu-gcc -O2 -fPIC -Wall -Wextra -Werror -fsyntax-only src/main/c/record.c
	@aarch64-linux-gnu-gcc -O2 -fPIC -shared -Wall -Wextra -Werror -ftls-model=initial-exec -static-libgcc \
	    src/main/c/probe.c -o /dev/null -ldl -pthread -Wl,-z,now -Wl,--exclude-libs,ALL -T src/main/c/probe_end.ld

clean: ## remove what was built
	@$(MVN) -q clean
	@$(MAKE) --no-print-directory -C sample-c clean
