// express-pouchdb on express 4 over leveldb, as a service would have it: server.js FOLDER. Says at which port of this machine it listens.
const express = require('express')
const pouch = require('express-pouchdb')
const PouchDB = require('pouchdb')

const folder = process.argv[2]
const app = express()

app.use('/', pouch(PouchDB.defaults({ prefix: `${folder}/` }), { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: `${folder}/log.txt` }))
const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port))
