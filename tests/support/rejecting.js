/** Imported into a process: on SIGWINCH it leaves a promise behind that fails, with a text that is nobody's to read. */
process.on('SIGWINCH', () => {
  void Promise.reject(new Error('Nadia Saïdi'));
});
