package portal

import (
	"crypto/rand"
	"sync"
	"time"

	"tonghop/report"
)

// sessions are the sessions of browsers, each opened with a token. They are kept
// in memory: whoever restarts the program signs everyone out.
type sessions struct {
	now func() time.Time

	mu   sync.Mutex
	byID map[string]session
}

type session struct {
	actor report.Actor
	until time.Time
}

// maxSessions bounds what is remembered; the ones that end first make room.
const maxSessions = 10_000

// open begins a session and gives its id, which is as hard to guess as a secret.
func (s *sessions) open(actor report.Actor) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	if s.byID == nil {
		s.byID = map[string]session{}
	}
	if len(s.byID) >= maxSessions {
		s.makeRoom(now)
	}
	id := rand.Text()
	s.byID[id] = session{actor: actor, until: now.Add(sessionSpan)}
	return id
}

// makeRoom forgets the sessions that are over, or else the one that ends first.
func (s *sessions) makeRoom(now time.Time) {
	var first string
	for id, one := range s.byID {
		if !now.Before(one.until) {
			delete(s.byID, id)
		} else if first == "" || one.until.Before(s.byID[first].until) {
			first = id
		}
	}
	if len(s.byID) >= maxSessions {
		delete(s.byID, first)
	}
}

func (s *sessions) find(id string) (report.Actor, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	one, ok := s.byID[id]
	if !ok {
		return report.Actor{}, false
	}
	if !s.now().Before(one.until) {
		delete(s.byID, id)
		return report.Actor{}, false
	}
	return one.actor, true
}

func (s *sessions) end(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.byID, id)
}

// guesses counts wrong tokens by peer.
type guesses struct {
	now func() time.Time

	mu     sync.Mutex
	byPeer map[string]tries
}

type tries struct {
	count int
	since time.Time
}

const (
	maxGuesses  = 20          // wrong tokens of a peer in a window
	guessWindow = time.Minute // after which a peer begins anew
	maxPeers    = 10_000      // remembered at a time
)

// wrong counts a wrong token of a peer, and reports whether the peer may go on
// guessing.
func (g *guesses) wrong(peer string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.now()
	t := g.byPeer[peer]
	if t.count == 0 || now.Sub(t.since) >= guessWindow {
		t = tries{since: now}
	}
	t.count++
	if g.byPeer == nil || len(g.byPeer) >= maxPeers {
		g.byPeer = map[string]tries{}
	}
	g.byPeer[peer] = t
	return t.count <= maxGuesses
}
