# The everyday commands; each is one line of Go underneath.

.PHONY: build test race histories lint generate golden bench demo ci

build: ## one static binary
	CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o tonghop ./cmd/tonghop

test: ## the whole test suite
	go test ./...

race: ## with the race detector
	go test -race -short ./...

N ?= 100000
FROM ?= 1

histories: ## every night: N seeded histories against the oracle, from seed FROM; a failure names its seed
	go test ./aggregate -run TestHistories -v -timeout 0 -histories $(N) -from $(FROM)

lint: ## pinned; the first run builds it, which takes minutes
	go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0 run

generate: ## the fault catalogue and what else is generated
	go generate ./...

golden: ## write the golden files anew; read the diff before committing it
	go test ./... -update

bench: ## the peers, side by side, in one run
	go run ./bench

demo: ## the Hải Dương letter, from nothing to the finished workbook
	go run ./cmd/tonghop demo

ci: ## what every change must pass
	bash .ci/run
