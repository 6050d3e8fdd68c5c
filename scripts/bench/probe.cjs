// Required by every Node.js process of a measured command: reports what it used when it ends. A process that is
// killed reports nothing.
const { appendFileSync } = require('node:fs');

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  appendFileSync(
    process.env.BENCH_PROBE,
    `${JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, rss: maxRSS / 1024 })}\n`,
  );
});
