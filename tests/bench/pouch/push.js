// A device of PouchDB's: push.js FOLDER RECORDS URL. Takes the records, one JSON object a line, into its own database, says "ready", and
// once it is told to by a line, replicates them to the database at URL by PouchDB's own batches. Says what that took.
const fs = require('fs')
const readline = require('readline')
const PouchDB = require('pouchdb')

const [folder, records, url] = process.argv.slice(2)

async function main () {
  const device = new PouchDB(`${folder}/device`)
  const documents = fs.readFileSync(records, 'utf8').trimEnd().split('\n').map(line => JSON.parse(line))
  for (let at = 0; at < documents.length; at += 500) {
    await device.bulkDocs(documents.slice(at, at + 500))
  }
  const lines = readline.createInterface({ input: process.stdin })
  console.log('ready')
  await new Promise(resolve => lines.once('line', resolve))
  const began = process.hrtime.bigint()
  const used = process.cpuUsage()
  const result = await device.replicate.to(url)
  const seconds = Number(process.hrtime.bigint() - began) / 1e9
  const spent = process.cpuUsage(used)
  const there = await new PouchDB(url).info()
  console.log(JSON.stringify({ seconds, processor: (spent.user + spent.system) / 1e6, written: result.docs_written, there: there.doc_count }))
  process.exit(0)
}

main()
