package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// Question a: workbooks go to a server over the network, each with a receipt
// once it is on the disk, and the clock runs from the first upload to the
// finished summary on the disk. The peers read the same files from a folder and
// keep nothing.

// intake measures us and the peers at a tenth of the workbooks and at all.
func (b *bench) intake() error {
	if _, err := b.sharedBench(); err != nil {
		b.add(result{Question: "a", Case: "workbooks", Who: "everyone", Absent: err.Error()})
		return nil
	}
	binary, err := b.goBuildHere("./cmd/tonghop", "tonghop")
	if err != nil {
		return err
	}
	peers, err := b.folderPeers()
	if err != nil {
		return err
	}
	for _, n := range []int{max(b.files/10, 1), b.files} {
		name := grouped(n) + " workbooks"
		folder, err := b.papers(papers{n: n, rows: 40, cols: 12})
		if err != nil {
			return err
		}
		ours, err := b.serveAndLoad(binary, folder, n)
		if err != nil {
			return err
		}
		b.add(result{Question: "a", Case: name, Who: us + ", durable", Unit: "workbook", Series: "intake", reading: ours})
		if err := b.rollUpByPeers(peers, name, folder, n, ours.Figures); err != nil {
			return err
		}
	}
	return nil
}

// rollUpByPeers lets every peer make the same summary and holds its figures
// against ours.
func (b *bench) rollUpByPeers(peers []peer, name, folder string, n int, figures string) error {
	if !b.peers {
		return nil
	}
	for _, p := range peers {
		r := result{Question: "a", Case: name, Who: p.name, Unit: "workbook", Series: "intake"}
		if p.most > 0 && n > p.most {
			r.Absent = fmt.Sprintf("given %d workbooks at most", p.most)
			b.add(r)
			continue
		}
		if err := p.needs(); err != nil {
			r.Absent = err.Error()
			b.add(r)
			continue
		}
		var err error
		if r.reading, err = b.runPeer(p, folder, filepath.Join(b.dir, "peer.xlsx")); err != nil {
			return err
		}
		r.Units = n
		if r.Figures != "" && r.Figures != figures {
			return fmt.Errorf("%s, %s: figures %s, ours %s", name, p.name, r.Figures, figures)
		}
		b.add(r)
	}
	return nil
}

// goBuildHere builds a program of this module.
func (b *bench) goBuildHere(pkg, name string) (string, error) {
	binary := filepath.Join(b.dir, name)
	c := exec.Command("go", "build", "-o", binary, pkg)
	c.Dir = b.root
	if out, err := c.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build %s: %w: %s", name, err, out)
	}
	return binary, nil
}

// serveAndLoad starts the program on an empty folder, gives it the workbooks and
// takes the summary. Memory and processor time are the server's, from its start to
// the summary; the time on the clock is the client's.
func (b *bench) serveAndLoad(binary, folder string, n int) (r reading, err error) {
	data, err := os.MkdirTemp(b.dir, "data-*")
	if err != nil {
		return r, err
	}
	defer os.RemoveAll(data)
	s, err := startServer(binary, data)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	r, err = b.child("load", s.base, folder, n, filepath.Join(data, "tong-hop.xlsx"))
	if err != nil {
		return r, fmt.Errorf("%w; the server said: %s", err, s.said())
	}
	pid := fmt.Sprint(s.cmd.Process.Pid)
	r.Peak, r.CPU = peakOf(pid), cpuSoFar(pid) // before it stops, and writes a snapshot
	return r, s.stop()
}

// server is a program that serves.
type server struct {
	cmd  *exec.Cmd
	base string // its address

	mu    sync.Mutex
	log   bytes.Buffer
	ended bool
}

// startServer starts the program and waits until it says where it is.
func startServer(binary, data string) (*server, error) {
	s := &server{cmd: exec.Command(binary, "serve", "--data", filepath.Join(data, "store"), "--listen", "127.0.0.1:0", "--log-level", "warn")}
	out, err := s.cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	found := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			s.mu.Lock()
			fmt.Fprintln(&s.log, lines.Text())
			s.mu.Unlock()
			if base, ok := strings.CutPrefix(lines.Text(), "tonghop: http://"); ok {
				found <- "http://" + base
			}
		}
		close(found)
	}()
	select {
	case base, ok := <-found:
		if ok {
			s.base = base
			return s, nil
		}
		err = errors.New("it ended")
	case <-time.After(time.Minute):
		err = errors.New("no address within a minute")
	}
	return nil, errors.Join(fmt.Errorf("start the server: %w: %s", err, s.said()), s.stop())
}

func (s *server) said() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.String()
}

// stop ends the server as an operator would; a second time it does nothing.
func (s *server) stop() error {
	if s.ended {
		return nil
	}
	s.ended = true
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return s.cmd.Wait()
}

// loader is the client's side of question a.
type loader struct {
	base  string
	http  *http.Client
	files []string
}

// connections is how many uploads are under way at a time: the last afternoon, and
// the reason why receipts can share a sync of the disk.
const connections = 128

// loadCase is the case "load ADDRESS FOLDER N SUMMARY": applies the documents, and
// then uploads, waits and takes the summary with the clock running.
func loadCase(args []string) (reading, error) {
	l := &loader{base: args[0] + "/api/v1", http: &http.Client{
		Transport: &http.Transport{MaxIdleConnsPerHost: connections, MaxConnsPerHost: connections}, Timeout: 2 * time.Minute,
	}}
	var err error
	if l.files, err = booksIn(args[1]); err != nil {
		return reading{}, err
	}
	n := len(l.files)
	for path, doc := range map[string]any{"registers": officeRegister(n), "definitions": officeDefinition()} {
		if err := l.apply(path, doc); err != nil {
			return reading{}, err
		}
	}
	if err := l.apply("requests", officeAsk(n)); err != nil {
		return reading{}, err
	}
	return l.run(args[3])
}

// run is what the clock measures.
func (l *loader) run(out string) (reading, error) {
	begun := time.Now()
	since := func() float64 { return time.Since(begun).Seconds() }
	if err := l.uploadAll(); err != nil {
		return reading{}, err
	}
	receipts := since()
	if err := l.wait(); err != nil {
		return reading{}, err
	}
	heard := since()
	book, err := l.do(http.MethodGet, "/requests/"+officeRequest+"/rollup.xlsx?by=group,place", "", nil)
	if err != nil {
		return reading{}, err
	}
	if err := writeDurably(out, book); err != nil {
		return reading{}, err
	}
	r := reading{Units: len(l.files), Wall: since(), CPU: 1} // the processor time is the server's, see serveAndLoad
	r.Note = fmt.Sprintf("receipts %.2f s, all heard %.2f s, summary on the disk %.2f s; the client itself used %.2f s of processor time",
		receipts, heard, r.Wall, ownCPU())
	canonical, err := canonicalSummary(book)
	r.Figures = fingerprint(canonical)
	return r, err
}

// uploadAll hands all files in over a few connections.
func (l *loader) uploadAll() error {
	var next atomic.Int64
	errs := make([]error, connections)
	var wg sync.WaitGroup
	for c := range connections {
		wg.Go(func() {
			for errs[c] == nil {
				i := int(next.Add(1)) - 1
				if i >= len(l.files) {
					return
				}
				errs[c] = l.upload(i)
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

const mediaXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

func (l *loader) upload(i int) error {
	body, err := os.ReadFile(l.files[i])
	if err != nil {
		return err
	}
	_, err = l.do(http.MethodPost, "/requests/"+officeRequest+"/returns/"+unitCode(i)+"/uploads?submit=true", mediaXLSX, body)
	return err
}

// wait asks, gently, until everyone has been heard. When nobody more is heard for
// a while, something was refused.
func (l *loader) wait() error {
	const patience, pause = 20 * time.Second, 50 * time.Millisecond
	var s struct {
		Heard, Asked int
		Missing      []string
	}
	for last, moved := -1, time.Now(); time.Since(moved) < patience; time.Sleep(pause) {
		text, err := l.do(http.MethodGet, "/requests/"+officeRequest+"/rollup?by=&indicator=1", "", nil)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(text, &s); err != nil {
			return err
		}
		if s.Asked == len(l.files) && s.Heard == s.Asked {
			return nil
		}
		if s.Heard > last {
			last, moved = s.Heard, time.Now()
		}
	}
	return fmt.Errorf("%d of %d heard: %s", s.Heard, s.Asked, l.why(s.Missing))
}

// why says what became of the uploads of the first unit that was not heard.
func (l *loader) why(missing []string) string {
	if len(missing) == 0 {
		return "nobody is missing"
	}
	text, err := l.do(http.MethodGet, "/requests/"+officeRequest+"/returns/"+missing[0]+"/uploads", "", nil)
	return fmt.Sprintf("%s: %.2000s %v", missing[0], text, err)
}

func (l *loader) apply(path string, doc any) error {
	text, err := json.Marshal(doc)
	if err != nil {
		return err
	}
	_, err = l.do(http.MethodPut, "/"+path, "application/json", text)
	return err
}

// do makes a call; anything but success is an error with what the server said.
func (l *loader) do(method, path, media string, body []byte) ([]byte, error) {
	req, err := http.NewRequest(method, l.base+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if media != "" {
		req.Header.Set("Content-Type", media)
	}
	res, err := l.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode/100 != 2 {
		err = fmt.Errorf("%s %s: %s: %.300s", method, path, res.Status, text)
	}
	return text, err
}

// writeDurably writes a file and waits until it is on the disk.
func writeDurably(name string, b []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return errors.Join(err, f.Sync(), f.Close())
}
