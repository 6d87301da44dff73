package jet_test

import (
	"fmt"
	"net"
	"net/url"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"tonghop/internal/jet"
)

// cluster is three servers in this process. Each test has an account of its own
// on them, which is as good as a cluster of its own.
type cluster struct {
	t             *testing.T
	dir           string
	client, route [3]int // ports
	nodes         [3]*server.Server

	mu    sync.Mutex
	taken int // accounts
}

// accounts is how many tests may share a cluster.
const accounts = 48

// startCluster starts three servers and waits until they are one.
func startCluster(t *testing.T) *cluster {
	t.Helper()
	c := &cluster{t: t, dir: t.TempDir()}
	var held []net.Listener
	for i := range 6 { // all ports at once, so that no two are the same
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		held = append(held, l)
		port := l.Addr().(*net.TCPAddr).Port
		if i < 3 {
			c.client[i] = port
		} else {
			c.route[i-3] = port
		}
	}
	for _, l := range held {
		l.Close()
	}
	for i := range c.nodes {
		c.start(i)
	}
	t.Cleanup(func() {
		for i := range c.nodes {
			c.stop(i)
		}
	})
	c.wait("one cluster", c.formed)
	return c
}

func account(n int) string { return fmt.Sprintf("A%02d", n) }

// options are those of one node. Nothing is shared between two calls.
func (c *cluster) options(i int) *server.Options {
	o := &server.Options{
		ServerName: fmt.Sprintf("n%d", i), Host: "127.0.0.1", Port: c.client[i],
		JetStream: true, StoreDir: filepath.Join(c.dir, fmt.Sprint(i)),
		JetStreamMaxStore: 4 << 30, JetStreamMaxMemory: 256 << 20,
		NoSigs: true, NoLog: true, SystemAccount: "SYS",
		Accounts: []*server.Account{server.NewAccount("SYS")},
	}
	o.Cluster.Name, o.Cluster.Host, o.Cluster.Port = "c", "127.0.0.1", c.route[i]
	for _, port := range c.route {
		o.Routes = append(o.Routes, &url.URL{Scheme: "nats", Host: fmt.Sprintf("127.0.0.1:%d", port)})
	}
	for n := range accounts {
		a := server.NewAccount(account(n))
		o.Accounts = append(o.Accounts, a)
		o.Users = append(o.Users, &server.User{Username: account(n), Password: "x", Account: a})
	}
	return o
}

func (c *cluster) start(i int) {
	c.t.Helper()
	s, err := server.NewServer(c.options(i))
	if err != nil {
		c.t.Fatal(err)
	}
	s.Start()
	if !s.ReadyForConnections(20 * time.Second) {
		c.t.Fatalf("node %d is not ready", i)
	}
	for n := range accounts {
		a, err := s.LookupAccount(account(n))
		if err != nil {
			c.t.Fatal(err)
		}
		if err := a.EnableJetStream(nil, nil); err != nil {
			c.t.Fatal(err)
		}
	}
	c.nodes[i] = s
}

func (c *cluster) stop(i int) {
	if s := c.nodes[i]; s != nil {
		s.Shutdown()
		s.WaitForShutdown()
		c.nodes[i] = nil
	}
}

// formed reports whether there is a leader that knows of all three.
func (c *cluster) formed() bool {
	for _, s := range c.nodes {
		if s.JetStreamIsLeader() {
			return len(s.JetStreamClusterPeers()) == len(c.nodes)
		}
	}
	return false
}

// wait waits until ok.
func (c *cluster) wait(what string, ok func() bool) {
	c.t.Helper()
	for end := time.Now().Add(30 * time.Second); !ok(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			c.t.Fatalf("never happened: %s", what)
		}
	}
}

// account hands out an account that nobody has used.
func (c *cluster) account() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.taken++
	return account(c.taken - 1)
}

// fresh opens a store on an account of its own, and clears the account when the
// test ends: a hundred idle streams are a load too.
func (c *cluster) fresh(t *testing.T, cfg jet.Config) *jet.Store {
	t.Helper()
	of := c.config(c.account(), 0)
	cfg.URLs, cfg.Replicas = of.URLs, of.Replicas
	t.Cleanup(func() {
		nc, err := nats.Connect(cfg.URLs[0])
		if err != nil {
			t.Error(err)
			return
		}
		defer nc.Close()
		for _, stream := range []string{"EV", "FILES", "SNAPSHOTS", "SCHEDULES", "DEAD"} {
			if _, err := nc.Request("$JS.API.STREAM.DELETE."+stream, nil, 10*time.Second); err != nil {
				t.Error(err)
			}
		}
	})
	return open(t, cfg)
}

// config is that of a store on an account, which connects to one of the nodes
// first and to the others when that is gone.
func (c *cluster) config(account string, first int) jet.Config {
	cfg := jet.Config{Replicas: 3}
	for i := range c.nodes {
		port := c.client[(first+i)%len(c.nodes)]
		cfg.URLs = append(cfg.URLs, fmt.Sprintf("nats://%s:x@127.0.0.1:%d", account, port))
	}
	return cfg
}

// leader is the node that leads a stream of an account; -1 when none does.
func (c *cluster) leader(account, stream string) int {
	for i, s := range c.nodes {
		if s != nil && s.JetStreamIsStreamLeader(account, stream) {
			return i
		}
	}
	return -1
}
