# make report   sets everything up and builds the reports of Quảng Nam (2023, PAPI also 2024)
# make test     runs all tests
# make check    lints and checks types
# make fuzz     reads 50,000 spoiled files; what each came to is in outputs/fuzz.log (CHISO_FUZZ=…, CHISO_FUZZ_SEED=…)
# make lab      opens JupyterLab on the notebooks; options go in ARGS: make lab ARGS="--port 9999"

BIN := .venv/bin

.PHONY: report test check fuzz lab clean

report:
	@tools/setup.sh
	@$(BIN)/chiso run --report papi --report papi_national --province quang-nam --year 2024
	@$(BIN)/chiso run --province quang-nam --year 2023

test:
	@tools/setup.sh test
	@$(BIN)/python -m pytest -n auto --no-loadscope-reorder

check:
	@tools/setup.sh test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fuzz:
	@tools/setup.sh test
	CHISO_FUZZ=$${CHISO_FUZZ:-50000} CHISO_FUZZ_LOG=$${CHISO_FUZZ_LOG:-outputs/fuzz.log} \
		$(BIN)/python -m pytest -q -n auto tests/test_inputs_fuzz.py

lab:
	@tools/setup.sh lab
	@cd notebooks && ../$(BIN)/jupyter lab $(ARGS)

clean:
	rm -rf outputs/reports outputs/quarto outputs/index.html outputs/.cache outputs/logs
