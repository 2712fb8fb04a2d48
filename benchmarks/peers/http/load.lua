-- wrk -s load.lua URL -- DEPTH [echo]: DEPTH requests at once; with "echo", POST of 1 KB of JSON.
function init(args)
  local one
  if args[2] == "echo" then
    local body = '{"items":[' .. string.rep('{"id":1,"name":"abc"},', 46) .. '0]}'
    body = body .. string.rep(" ", 1024 - #body)
    one = wrk.format("POST", "/", {["Content-Type"] = "application/json"}, body)
  else
    one = wrk.format("GET", "/")
  end
  requests = string.rep(one, tonumber(args[1]))
end

function request()
  return requests
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %.0f %d %d\n", summary.requests * 1e6 / summary.duration,
    summary.requests,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
