// server.go HOST:PORT: net/http, answers as HttpPeers does.
package main

import (
	"io"
	"log"
	"net/http"
	"os"
)

var hello = []byte("Hello, world!")

func answer(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet {
		w.Header().Set("Content-Type", "text/plain")
		w.Write(hello)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Write(body)
}

func main() {
	http.HandleFunc("/", answer)
	log.Fatal(http.ListenAndServe(os.Args[1], nil))
}
