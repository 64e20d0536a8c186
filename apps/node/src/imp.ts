const t=performance.now(); const n=process.argv[2]; await import(n); console.log(n, (performance.now()-t).toFixed(0));
