// Package reporttest holds what tests of several packages need of the noun.
//
// The contract suites say in code what package report says in prose of its
// ports. Whoever stands behind a port calls the suite with a function that opens
// an empty one, and is done:
//
//	func TestJournal(t *testing.T) {
//		reporttest.TestJournal(t, func(*testing.T) report.Journal { return new(mem.Journal) })
//	}
//
// [AnyEvent] draws events of every kind for properties that must hold of all.
package reporttest

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"tonghop/report"
)

// patience is how long a contract test waits for what ought to happen at once.
// A broker under load, or one that has just lost its leader, takes its time.
const patience = 30 * time.Second

// noon is the moment at which the events of the contract tests begin.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// within gives a context that ends with the test, or when patience does.
func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

// eventually waits until ok.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("never happened: %s", what)
		}
	}
}

// received makes the nth receipt of a return. Equal arguments make equal events.
func received(key report.Key, n int) *report.Event {
	sha := fmt.Sprintf("%064x", n)
	return &report.Event{
		Key:   key,
		At:    noon.Add(time.Duration(n) * time.Second),
		Actor: report.Actor{Role: report.RoleAgency, Agency: key.Agency, ID: "t1"},
		Body: &report.Received{
			Upload: report.UploadID(key.Name, key.Agency, sha),
			Number: fmt.Sprintf("%s/%s/%d", key.Name, key.Agency, n),
			SHA256: sha, Size: 1, Name: "baocao.xlsx", Media: "text/csv", Via: report.ViaWorkbook,
		},
	}
}

// closed makes the nth closing of a request: an event that is no upload.
func closed(key report.Key, n int) *report.Event {
	return &report.Event{
		Key:   key,
		At:    noon.Add(time.Duration(n) * time.Second),
		Actor: report.Actor{Role: report.RoleCoordinator, ID: "local"},
		Body:  &report.Closed{Reason: fmt.Sprintf("closing number %d", n)},
	}
}

// checked makes an outcome with about size bytes of facts that do not compress.
func checked(key report.Key, n, size int) *report.Event {
	const words = 1000 // bytes of text in a fact
	seed := uint64(n)*0x9e3779b97f4a7c15 + 1
	var facts []report.Fact
	for i := range size/words + 1 {
		var b strings.Builder
		for b.Len() < words {
			seed ^= seed << 13
			seed ^= seed >> 7
			seed ^= seed << 17
			for k := range 8 {
				b.WriteRune(rune(0x21 + seed>>(8*k)&0x3f))
			}
		}
		facts = append(facts, report.Fact{
			Unit: key.Agency, Place: fmt.Sprintf("%05d", i), Indicator: "1.1", Value: report.TextOf(b.String()),
			Source: report.Source{Sheet: "Biểu 1", Cell: fmt.Sprintf("F%d", i+1)},
		})
	}
	return &report.Event{
		Key: key, At: noon.Add(time.Duration(n) * time.Second), Actor: report.Actor{Role: report.RoleSystem, ID: "ingest"},
		Body: &report.Checked{
			Upload: "u", Outcome: report.Ready, Definition: "d@1", Register: "r@1",
			Draft: report.Draft{Facts: report.FactsOf(facts), Counts: report.Counts{Cells: len(facts), Used: len(facts)}},
		},
	}
}

// mustAppend appends and returns the last sequence.
func mustAppend(t *testing.T, j report.Journal, key report.Key, expect uint64, events ...*report.Event) uint64 {
	t.Helper()
	seq, err := j.Append(within(t), key, expect, events...)
	if err != nil {
		t.Fatalf("append to %v after %d: %v", key, expect, err)
	}
	return seq
}
