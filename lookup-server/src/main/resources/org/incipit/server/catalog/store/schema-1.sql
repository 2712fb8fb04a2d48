-- {words} are replaced by the dialect; a statement that begins with a dialect's name in brackets
-- is for that one alone. Times are microseconds since 1970. What is long comes last in a row, so
-- that SQLite finds the rest without following a chain of pages.

CREATE TABLE catalog (
  id {uuid} NOT NULL
);

-- One row. Who locks it decides; nobody else inserts fingerprints, tracks or changes. By whom the
-- submissions up to one are claimed, and until when, where several importers share a database.
CREATE TABLE feed (
  position BIGINT NOT NULL,
  last_fingerprint BIGINT NOT NULL,
  last_track BIGINT NOT NULL,
  claimed_by {uuid},
  claimed_through BIGINT,
  claimed_until BIGINT
);
INSERT INTO feed (position, last_fingerprint, last_track) VALUES (0, 0, 0);

CREATE TABLE change (
  position {id},
  mark BIGINT NOT NULL,
  fingerprint_id BIGINT NOT NULL
);

-- kind: 0 of an application, 1 of a user.
CREATE TABLE api_key (
  id {serial},
  kind SMALLINT NOT NULL,
  value TEXT NOT NULL,
  name TEXT NOT NULL,
  created BIGINT NOT NULL,
  revoked BOOLEAN NOT NULL,
  UNIQUE (kind, value)
);

CREATE TABLE track (
  id {id},
  gid {uuid} NOT NULL UNIQUE,
  created BIGINT NOT NULL
);

CREATE TABLE fingerprint (
  id {id},
  track_id BIGINT NOT NULL REFERENCES track,
  duration INTEGER NOT NULL,
  submissions INTEGER NOT NULL,
  created BIGINT NOT NULL,
  bitrate INTEGER,
  format TEXT,
  data {bytes} NOT NULL
);
CREATE INDEX fingerprint_track ON fingerprint (track_id);
-- The data are compressed already, and rows of a few KB are read faster in one piece.
[postgres] ALTER TABLE fingerprint ALTER data SET STORAGE EXTERNAL;
[postgres] ALTER TABLE fingerprint SET (toast_tuple_target = 8160);

CREATE TABLE track_mbid (
  track_id BIGINT NOT NULL REFERENCES track,
  mbid {uuid} NOT NULL,
  submissions INTEGER NOT NULL,
  disabled BOOLEAN NOT NULL,
  PRIMARY KEY (track_id, mbid)
) {clustered};
CREATE INDEX track_mbid_mbid ON track_mbid (mbid, track_id);

CREATE TABLE meta (
  id {serial},
  gid {uuid} NOT NULL UNIQUE,
  track TEXT,
  artist TEXT,
  album TEXT,
  album_artist TEXT,
  track_no INTEGER,
  disc_no INTEGER,
  year INTEGER
);

CREATE TABLE track_meta (
  track_id BIGINT NOT NULL REFERENCES track,
  meta_id BIGINT NOT NULL REFERENCES meta,
  submissions INTEGER NOT NULL,
  PRIMARY KEY (track_id, meta_id)
) {clustered};

-- foreign_id: vendor:id.
CREATE TABLE track_foreign_id (
  track_id BIGINT NOT NULL REFERENCES track,
  foreign_id TEXT NOT NULL,
  submissions INTEGER NOT NULL,
  PRIMARY KEY (track_id, foreign_id)
) {clustered};

-- state: 0 pending, 1 imported, 2 rejected.
CREATE TABLE submission (
  id {serial},
  state SMALLINT NOT NULL,
  created BIGINT NOT NULL,
  handled BIGINT,
  fingerprint_id BIGINT REFERENCES fingerprint,
  track_id BIGINT REFERENCES track,
  reason TEXT,
  application BIGINT REFERENCES api_key,
  account BIGINT REFERENCES api_key,
  client_version TEXT,
  duration INTEGER NOT NULL,
  bitrate INTEGER,
  format TEXT,
  mbid {uuid},
  puid {uuid},
  foreign_id TEXT,
  track TEXT,
  artist TEXT,
  album TEXT,
  album_artist TEXT,
  track_no INTEGER,
  disc_no INTEGER,
  year INTEGER
);
CREATE INDEX submission_pending ON submission (id) WHERE state = 0;

-- The fingerprints of what is pending and of what was rejected. They are apart so that their pages
-- are free again when they have become fingerprints of tracks.
CREATE TABLE submission_data (
  submission_id {id} REFERENCES submission,
  data {bytes} NOT NULL
);
[postgres] ALTER TABLE submission_data ALTER data SET STORAGE EXTERNAL;
[postgres] ALTER TABLE submission_data SET (toast_tuple_target = 8160);
