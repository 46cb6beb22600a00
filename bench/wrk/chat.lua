-- A chat request from the environment, and the outcome as one line that gateway.sh reads:
-- RESULT requests microseconds p50 p99 failures (latencies in microseconds)
wrk.method = "POST"
wrk.body = os.getenv("BENCH_BODY")
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer " .. os.getenv("BENCH_KEY")

-- The peer learns from headers whom to ask.
if os.getenv("BENCH_PEER") then
    wrk.headers["x-portkey-provider"] = "openai"
    wrk.headers["x-portkey-custom-host"] = os.getenv("BENCH_PEER")
end

done = function(summary, latency)
    local errors = summary.errors
    local failures = errors.status + errors.connect + errors.read + errors.write + errors.timeout
    io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration,
        latency:percentile(50), latency:percentile(99), failures))
end
