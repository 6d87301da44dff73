package report

import (
	"crypto/sha256"
	"encoding/hex"
)

// ChainKey is the key of the [Chained] events of a journal.
var ChainKey = Key{Scope: ScopeSystem, Name: "chain"}

// Chain is a hash over the events of a journal in their order: each link is the SHA-256
// of the one before it and the identity of an event, which itself is a hash of the event. Who
// knows the last link knows whether any event before it was changed, left out, put in or
// moved. The zero Chain is that of no events.
type Chain struct {
	journal string
	link    [sha256.Size]byte
	events  uint64
}

// Add adds the next event.
func (c *Chain) Add(e *Event) {
	if c.events == 0 {
		c.journal = e.ID
	}
	h := sha256.New()
	h.Write(c.link[:])
	h.Write([]byte(e.ID))
	h.Sum(c.link[:0])
	c.events++
}

// Journal gives the ID of the first event, by which journals are told apart; "" of none.
func (c *Chain) Journal() string { return c.journal }

// Events gives how many events there are.
func (c *Chain) Events() uint64 { return c.events }

// Value gives the last link in hex.
func (c *Chain) Value() string { return hex.EncodeToString(c.link[:]) }
