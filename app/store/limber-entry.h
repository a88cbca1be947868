/* LimberEntry: one change, as it is hashed, stored and sent (SYNC.md rule 1).
 *
 * Its line is a JSON array: [header, salt, sign, body]. The header is an array too:
 *
 *   [1, device, epoch, seq, time, rank, author, role, kind, record, patient, seen, prev, commitment]
 *
 * Bytes are base64url; patient and prev may be null; seen is an object, field → array of entry ids. The entry's hash is
 * BLAKE2b-256 over the header's exact bytes; commitment is BLAKE2b-256 over the body's exact bytes, keyed with the salt.
 * sign is an Ed25519 signature of the hash by the device, on the last entry of a push; "" elsewhere. The body is an
 * object, field → value; a field's name ends with ^ when it is ordered and with ! when it is written once, so that a
 * program that does not know the field merges it rightly. Where the body was pruned or erased, salt is "" and body null.
 *
 * In a push, what the reader can find out himself may be left out of a header that goes on from the line before: it begins with
 * 0 in the place of 1 and ends after seen. Its prev is that line's hash, its commitment that of the body that comes with it. */
#pragma once

#include "limber-record.h"
#include "limber-scan.h"

G_BEGIN_DECLS

#define LIMBER_ENTRY_MAXIMUM (256 * 1024)
#define LIMBER_SEQ_MAXIMUM ((G_GINT64_CONSTANT (1) << 40) - 1)
#define LIMBER_HASH_LENGTH 32
#define LIMBER_SIGN_LENGTH 64

typedef struct {
  LimberOrigin  origin;
  gint64        seq;
  guint64       time;
  guint8        rank;
  char          author[81];
  char          role[41];
  char          kind[61];
  LimberId      record;
  gboolean      has_patient;
  LimberId      patient;
  LimberSpan    seen;
  gboolean      has_prev;
  guint8        prev[LIMBER_HASH_LENGTH];
  guint8        commitment[LIMBER_HASH_LENGTH];

  guint8        hash[LIMBER_HASH_LENGTH]; /* of header */
  LimberEntryId id;                       /* the hash's first bytes */
  LimberSpan    header;
  gboolean      has_body;
  guint8        salt[16];
  LimberSpan    body;
  gboolean      has_sign;
  guint8        sign[LIMBER_SIGN_LENGTH];
  GArray       *changes; /* (owned by whoever asked for it) (nullable): what the body sets, read ahead of the writer */
  const struct _LimberEdit *edit; /* (unowned) (nullable): of an own entry that is just being written: what its body says */
  gboolean      sound; /* limber_fold_check() has found nothing wrong, so that the writer need not look */
} LimberEntry;

gboolean limber_entry_parse_header (LimberEntry *entry, const char *bytes, gsize length, GError **error);
gboolean limber_entry_parse_sent   (LimberEntry *entry, const char *bytes, gsize length, const LimberEntry *before, GStringChunk *headers, GError **error);
gboolean limber_entry_parse_line   (LimberEntry *entry, const char *bytes, gsize length, GError **error);
void     limber_entry_append_sent  (const LimberEntry *entry, const guint8 *before, GString *out);
void     limber_entry_append_line  (const LimberEntry *entry, GString *out);
void     limber_entry_make_header  (LimberEntry *entry, const char *seen, GString *out);
void     limber_entry_commit       (const guint8 salt[16], const char *body, gsize length, guint8 commitment[LIMBER_HASH_LENGTH]);
void     limber_entry_stamp        (const LimberEntry *entry, LimberStamp *stamp);
gboolean limber_entry_sees         (const LimberEntry *entry, const char *field, const LimberEntryId *id);
GArray  *limber_entry_seen         (const LimberEntry *entry, const char *field);

/* One field of a body. */
typedef struct {
  char       *name; /* (owned): without its mark */
  LimberMerge merge;
  LimberSpan  value; /* JSON */
} LimberChange;

GArray  *limber_entry_changes      (const LimberEntry *entry, GError **error);
const char *limber_entry_judge     (const LimberEntry *entry, LimberClass klass);
gboolean limber_entry_value        (const LimberField *field, LimberSpan json, LimberValue *value, GError **error);
void     limber_entry_append_value (GString *out, const LimberField *field, const LimberValue *value);
void     limber_entry_append_name  (GString *out, const char *name, LimberMerge merge);

G_END_DECLS
