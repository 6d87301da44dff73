// Package mem stands behind the ports of package report with memory and nothing
// else. Tests, replays and simulations use it: it needs no folder and no server,
// opens at once, and does the same thing every time it is asked.
//
// What it promises is what report says of each port, held by the contract suites
// of package reporttest, the same that internal/jet passes. It keeps no promise
// about a crash: when the process ends everything is gone.
//
// Every type is useful as its zero value. An [Inbox] and [Snapshots] need the
// [Journal] they speak of.
package mem
