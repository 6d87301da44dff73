package main

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	broker "github.com/nats-io/nats-server/v2/server"
	"github.com/spf13/cobra"
)

// composeFile is what the test asks of docker-compose.yml.
type composeFile struct {
	Services map[string]struct {
		Command     []string          `yaml:"command"`
		Environment map[string]string `yaml:"environment"`
		DependsOn   map[string]any    `yaml:"depends_on"`
		Volumes     []string          `yaml:"volumes"`
	} `yaml:"services"`
	Configs map[string]struct {
		Content string `yaml:"content"`
	} `yaml:"configs"`
}

func readCompose(t *testing.T) composeFile {
	t.Helper()
	text, err := os.ReadFile("../../docker-compose.yml")
	if err != nil {
		t.Fatal(err)
	}
	var c composeFile
	if err := yaml.Unmarshal(text, &c); err != nil {
		t.Fatal(err)
	}
	return c
}

// TestComposeBrokers: the servers take the settings, keep what they acknowledge on
// their disks, and find each other.
func TestComposeBrokers(t *testing.T) {
	c := readCompose(t)
	file := filepath.Join(t.TempDir(), "nats.conf")
	if err := os.WriteFile(file, []byte(c.Configs["nats.conf"].Content), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"n1", "n2", "n3"} {
		// As nats-server reads its command line, and its file with it.
		args := slices.Clone(c.Services[name].Command)
		for i, arg := range args {
			if arg == "/nats.conf" {
				args[i] = file
			}
		}
		nothing := func() {}
		o, err := broker.ConfigureOptions(flag.NewFlagSet(name, flag.ContinueOnError), args, nothing, nothing, nothing)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if o.ServerName != name || !o.JetStream || o.StoreDir != "/data" || !o.SyncAlways {
			t.Errorf("%s is called %q, keeps events (%v) in %q, on the disk before it answers: %v", name, o.ServerName, o.JetStream, o.StoreDir, o.SyncAlways)
		}
		if !slices.Equal(c.Services[name].Volumes, []string{name + ":" + o.StoreDir}) {
			t.Errorf("%s keeps %s on %v", name, o.StoreDir, c.Services[name].Volumes)
		}
		var routes []string
		for _, r := range o.Routes {
			routes = append(routes, r.Hostname())
			if _, known := c.Services[r.Hostname()]; !known {
				t.Errorf("%s looks for %s, which is none of the services", name, r.Host)
			}
		}
		if o.Cluster.Name == "" || o.Cluster.Port == 0 || len(routes) != 3 {
			t.Errorf("%s: cluster %q on port %d with routes to %v", name, o.Cluster.Name, o.Cluster.Port, routes)
		}
	}
}

// TestComposeRoles: each role runs for itself, with settings that the program
// takes, on the servers there are.
func TestComposeRoles(t *testing.T) {
	c := readCompose(t)
	for _, role := range allRoles {
		s, ok := c.Services[role]
		if !ok {
			t.Errorf("no service for the role %s", role)
			continue
		}
		for name, value := range s.Environment {
			t.Setenv(name, value)
		}
		t.Setenv("TONGHOP_DATA", t.TempDir())
		p := &program{}
		root := p.root()
		var given serveFlags
		serve, rest, err := root.Find(s.Command)
		if err != nil {
			t.Fatal(err)
		}
		serve.RunE = func(cmd *cobra.Command, _ []string) (err error) {
			given.roles, err = cmd.Flags().GetStringSlice("role")
			return err
		}
		root.SetArgs(append([]string{serve.Name()}, rest...))
		if err := root.Execute(); err != nil {
			t.Errorf("%s: %v", role, err)
			continue
		}
		if !slices.Equal(given.roles, []string{role}) {
			t.Errorf("service %s runs %v", role, given.roles)
		}
		brokers := slices.Sorted(maps.Keys(s.DependsOn))
		var asked []string
		for _, address := range p.config.NATS {
			asked = append(asked, strings.TrimSuffix(strings.TrimPrefix(address, "nats://"), ":4222"))
		}
		if !slices.Equal(asked, brokers) || p.config.Replicas != len(brokers) {
			t.Errorf("%s asks %v, keeps %d copies and waits for %v", role, asked, p.config.Replicas, brokers)
		}
	}
}
