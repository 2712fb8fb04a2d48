// The peer of RuntimeDriver, and the load for both. Debian's golang-go: go build -o runtime runtime.go
//
//	runtime serve                 echoes messages of 64 bytes; prints its port, then its CPU time at each line of input
//	runtime load PORT N SECONDS   N connections send 64 bytes and wait for them: round trips, p50 and p99 in microseconds
//	runtime idle PORT N           opens N connections, says so, and holds them until its input ends
//	runtime spawn N ROUNDS        N goroutines that end at once, waited for: nanoseconds and CPU of each, by round
//	runtime handoff N CAP ROUNDS  N values through a channel: nanoseconds and CPU of each, by round
//	runtime pingpong N ROUNDS     N times there and back through two channels: nanoseconds and CPU of each, by round
package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"sort"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

func number(i int) int {
	n, err := strconv.Atoi(os.Args[i])
	check(err)
	return n
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func cpu() int64 {
	var usage syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return usage.Utime.Nano() + usage.Stime.Nano()
}

func serve() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			go echo(connection)
		}
	}()
	input := bufio.NewScanner(os.Stdin)
	for input.Scan() {
		fmt.Println(cpu())
	}
}

func echo(connection net.Conn) {
	defer connection.Close()
	message := make([]byte, 64)
	for {
		if _, err := io.ReadFull(connection, message); err != nil {
			return
		}
		if _, err := connection.Write(message); err != nil {
			return
		}
	}
}

func dial() net.Conn {
	connection, err := net.Dial("tcp", "127.0.0.1:"+os.Args[2])
	check(err)
	return connection
}

func load() {
	connections, seconds := number(3), number(4)
	var stop atomic.Bool
	var wait sync.WaitGroup
	samples := make([][]int64, connections)
	for i := range samples {
		connection := dial()
		wait.Add(1)
		go func(i int) {
			defer wait.Done()
			defer connection.Close()
			message := make([]byte, 64)
			for !stop.Load() {
				begin := time.Now()
				_, err := connection.Write(message)
				check(err)
				_, err = io.ReadFull(connection, message)
				check(err)
				samples[i] = append(samples[i], int64(time.Since(begin)))
			}
		}(i)
	}
	time.Sleep(time.Duration(seconds) * time.Second)
	stop.Store(true)
	wait.Wait()
	var all []int64
	for _, each := range samples {
		all = append(all, each...)
	}
	sort.Slice(all, func(a, b int) bool { return all[a] < all[b] })
	fmt.Println(len(all), all[len(all)/2]/1000, all[len(all)*99/100]/1000)
}

func idle() {
	var held []net.Conn
	for i := 0; i < number(3); i++ {
		held = append(held, dial())
	}
	fmt.Println(len(held))
	_, err := io.Copy(io.Discard, os.Stdin)
	check(err)
}

func spawn(n int) {
	var wait sync.WaitGroup
	wait.Add(n)
	for i := 0; i < n; i++ {
		go wait.Done()
	}
	wait.Wait()
}

func handoff(n int, capacity int) {
	values := make(chan int, capacity)
	go func() {
		for i := 0; i < n; i++ {
			values <- i
		}
		close(values)
	}()
	count := 0
	for range values {
		count++
	}
	if count != n {
		panic(count)
	}
}

func pingpong(n int) {
	there, back := make(chan int, 1), make(chan int, 1)
	go func() {
		for value := range there {
			back <- value
		}
	}()
	for i := 0; i < n; i++ {
		there <- i
		<-back
	}
	close(there)
}

func rounds(count int, n int, body func()) {
	for i := 0; i < count; i++ {
		begin, used := time.Now(), cpu()
		body()
		fmt.Println(int64(time.Since(begin))/int64(n), (cpu()-used)/int64(n))
	}
}

func main() {
	switch os.Args[1] {
	case "serve":
		serve()
	case "load":
		load()
	case "idle":
		idle()
	case "spawn":
		rounds(number(3), number(2), func() { spawn(number(2)) })
	case "handoff":
		rounds(number(4), number(2), func() { handoff(number(2), number(3)) })
	case "pingpong":
		rounds(number(3), number(2), func() { pingpong(number(2)) })
	}
}
