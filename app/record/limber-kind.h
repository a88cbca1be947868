/* LimberKind and LimberField: what there is, declared once (limber-kinds.c). From a declaration come the SQL table, the
 * checks, the JSON form, the form on the wire, and who may hold what. */
#pragma once

#include "limber-value.h"

G_BEGIN_DECLS

/* The classes of device (DESIGN.md section 3); a set of them says who may hold a kind or a field. */
typedef enum {
  LIMBER_CLASS_CENTRAL = 1 << 0,
  LIMBER_CLASS_HUB = 1 << 1,
  LIMBER_CLASS_DESK = 1 << 2,
  LIMBER_CLASS_CLINIC = 1 << 3,
  LIMBER_CLASS_KIOSK = 1 << 4,
  LIMBER_CLASS_BOARD = 1 << 5,
  LIMBER_CLASS_OFFICE = 1 << 6,
} LimberClass;

#define LIMBER_CLASS_NODES (LIMBER_CLASS_CENTRAL | LIMBER_CLASS_HUB)
#define LIMBER_CLASS_STAFF (LIMBER_CLASS_NODES | LIMBER_CLASS_DESK | LIMBER_CLASS_CLINIC | LIMBER_CLASS_OFFICE)
#define LIMBER_CLASS_PUBLIC (LIMBER_CLASS_KIOSK | LIMBER_CLASS_BOARD)
#define LIMBER_CLASS_ALL (LIMBER_CLASS_STAFF | LIMBER_CLASS_PUBLIC)

/**
 * LimberType:
 * @LIMBER_TYPE_TEXT: UTF-8 on one line, or lines for LIMBER_FIELD_LINES
 * @LIMBER_TYPE_INTEGER: a whole number
 * @LIMBER_TYPE_BOOLEAN: 0 or 1
 * @LIMBER_TYPE_DATE: a day, YYYY-MM-DD
 * @LIMBER_TYPE_TIME: milliseconds UTC
 * @LIMBER_TYPE_CHOICE: one of the field's words
 * @LIMBER_TYPE_PROGRESS: round * LIMBER_PROGRESS_ROUND + the rank of one of the field's words, which are in order
 * @LIMBER_TYPE_LIST: texts, as a JSON array
 * @LIMBER_TYPE_REFERENCE: the id of a record of the field's target
 */
typedef enum {
  LIMBER_TYPE_TEXT,
  LIMBER_TYPE_INTEGER,
  LIMBER_TYPE_BOOLEAN,
  LIMBER_TYPE_DATE,
  LIMBER_TYPE_TIME,
  LIMBER_TYPE_CHOICE,
  LIMBER_TYPE_PROGRESS,
  LIMBER_TYPE_LIST,
  LIMBER_TYPE_REFERENCE,
} LimberType;

#define LIMBER_PROGRESS_ROUND 16

/* How concurrent edits of a field merge (SYNC.md rule 7). */
typedef enum {
  LIMBER_MERGE_PLAIN,
  LIMBER_MERGE_ORDERED,
  LIMBER_MERGE_ONCE,
} LimberMerge;

/**
 * LimberFieldFlags:
 * @LIMBER_FIELD_REQUIRED: a new record must have it
 * @LIMBER_FIELD_INDEXED: the table has an index on it
 * @LIMBER_FIELD_KEY: the record's natural key (a code or number that people use); indexed
 * @LIMBER_FIELD_SECRET: never printed or exported
 * @LIMBER_FIELD_DERIVED: made by a node for those that hold only a projection; never written by anybody
 * @LIMBER_FIELD_COMPUTED: made from the record's id when it is asked for; not stored
 * @LIMBER_FIELD_LINES: may have several lines
 * @LIMBER_FIELD_ONCE: written once, though the rest of the record changes: of two that were written apart the first stands
 * @LIMBER_FIELD_UNDISPUTED: nothing that people disagree about: of two that were written apart the later stands, and nobody is asked
 */
typedef enum {
  LIMBER_FIELD_REQUIRED = 1 << 0,
  LIMBER_FIELD_INDEXED = 1 << 1,
  LIMBER_FIELD_KEY = 1 << 2,
  LIMBER_FIELD_SECRET = 1 << 3,
  LIMBER_FIELD_DERIVED = 1 << 4,
  LIMBER_FIELD_COMPUTED = 1 << 5,
  LIMBER_FIELD_LINES = 1 << 6,
  LIMBER_FIELD_ONCE = 1 << 7,
  LIMBER_FIELD_UNDISPUTED = 1 << 8,
} LimberFieldFlags;

typedef struct _LimberField LimberField;
typedef struct _LimberKind LimberKind;

struct _LimberField {
  const char        *name;
  LimberType         type;
  LimberFieldFlags   flags;
  LimberClass        holders; /* 0: whoever may hold the kind */
  gint64             minimum; /* of an integer */
  gint64             maximum; /* of an integer; the most bytes of a text, 0 for 200 */
  const char *const *choices; /* (nullable): %NULL-ended words of a choice or progress */
  const char        *target;  /* (nullable): the kind that a reference names */
  const char *const *beside;  /* (nullable): %NULL-ended names of fields that the index has too, so that what a list is narrowed by needs no row */
  gboolean (*check) (const char *text, GError **error);
  char *(*compute) (const LimberId *id);
  LimberMerge        merge;   /* set by limber_kinds() from the type and the kind */
};

/**
 * LimberKind:
 * @name: its name, also of its table
 * @number: what the store and the wire call it; never used again for another
 * @patient: the field that says whose record it is, "id" when the record is the person herself, %NULL for nobody's
 * @site: (nullable): for nobody's records, the field that says which site may hold it
 * @write_once: never overwritten; a correction is a new record
 * @computed: made by central from other records, never written by anybody
 * @writers: who may write it besides those that hold it
 * @follows: (nullable): the field that names the record, of a kind of its own, with which a public screen holds this one
 * @authors: who alone may write it; 0: no such limit
 */
struct _LimberKind {
  const char        *name;
  guint              number;
  const char        *patient;
  const char        *site;
  const char        *follows;
  LimberClass        holders;
  LimberClass        writers;
  LimberClass        authors;
  gboolean           write_once;
  gboolean           computed;
  const LimberField *fields;
  guint              n_fields;
};

const LimberKind *const *limber_kinds           (guint *n);
const LimberKind  *limber_kind_by_name          (const char *name);
const LimberKind  *limber_kind_by_number        (guint number);
int                limber_kind_field            (const LimberKind *kind, const char *name);
const LimberField *limber_kind_key              (const LimberKind *kind);
gboolean           limber_kind_held_by          (const LimberKind *kind, LimberClass klass);
gboolean           limber_kind_writable_by      (const LimberKind *kind, LimberClass klass);
gboolean           limber_kind_projected_for    (const LimberKind *kind, LimberClass klass);

gboolean           limber_field_held_by         (const LimberField *field, const LimberKind *kind, LimberClass klass);
gboolean           limber_field_is_stored       (const LimberField *field);
gboolean           limber_field_is_written      (const LimberField *field);
gboolean           limber_field_check           (const LimberField *field, const LimberValue *value, GError **error);
gboolean           limber_field_fits            (const LimberField *field, const LimberValue *value, GError **error);
gboolean           limber_field_parse           (const LimberField *field, const char *text, LimberValue *value, GError **error);
char              *limber_field_to_text         (const LimberField *field, const LimberValue *value);
int                limber_field_rank            (const LimberField *field, const char *word);
const char        *limber_field_word            (const LimberField *field, gint64 value);

const char        *limber_class_name            (LimberClass klass);
gboolean           limber_class_parse           (const char *name, LimberClass *klass);

/* The word of a progress that only a newer Limber knows. */
#define LIMBER_WORD_NEWER "newer"

G_END_DECLS
