/* LimberExtra: the fields of one record that this version does not know, or all of them when it does not know the kind
 * (SYNC.md rule 6). A node keeps them merged, byte for byte, and tells them to other nodes, until it is replaced by a
 * version that knows them.
 *
 * A field's name ends with the mark of how it merges, as in an entry's body, and the mark belongs to the name: two
 * entries that disagree about it set two fields. Whose record it is follows from the entries' headers: a person stands
 * before nobody, and of two the later entry's.
 *
 * Bounds: of more fields than LIMBER_EXTRA_FIELDS the first by name are kept, and no value that is longer than
 * LIMBER_EXTRA_VALUE, so that what is kept does not depend on the order of arrival. The journal has the rest. */
#pragma once

#include "limber-entry.h"

G_BEGIN_DECLS

#define LIMBER_EXTRA_FIELDS 128
#define LIMBER_EXTRA_VALUE (32 * 1024)

typedef struct {
  char       *name; /* (owned): with its mark */
  char       *json; /* (owned): the value's exact bytes */
  LimberStamp stamp;
} LimberExtraField;

typedef struct {
  char       *kind; /* (owned) */
  LimberId    id;
  gboolean    has_patient;
  LimberId    patient;
  LimberStamp whose;  /* of the patient, or of there being none */
  GArray     *fields; /* (owned): LimberExtraField, by name */
} LimberExtra;

LimberMerge   limber_extra_field_merge (const LimberExtraField *field);
char         *limber_extra_field_name  (const LimberExtraField *field);

LimberExtra  *limber_extra_new         (const char *kind, const LimberId *id);
void          limber_extra_free        (LimberExtra *extra);
gboolean      limber_extra_set         (LimberExtra *extra, const char *name, LimberSpan value, const LimberStamp *stamp);
gboolean      limber_extra_lacks       (const LimberExtra *extra, const LimberExtraField *field);
gboolean      limber_extra_set_patient (LimberExtra *extra, const LimberId *patient, const LimberStamp *stamp);
gboolean      limber_extra_has_any     (const LimberKind *kind, GArray *changes);
gboolean      limber_extra_fold        (LimberExtra *extra, const LimberEntry *entry, GArray *changes);
gboolean      limber_extra_merge       (LimberExtra *into, const LimberExtra *other);
gboolean      limber_extra_erase       (LimberExtra *extra, GHashTable *entries);
gboolean      limber_extra_has         (const LimberExtra *extra, const char *name);
gboolean      limber_extra_has_known   (const LimberExtra *extra);
LimberRecord *limber_extra_take_known  (LimberExtra *extra, LimberClass klass);
void          limber_extra_digest      (const LimberExtra *extra, guint8 digest[16]);
guint         limber_extra_hash        (gconstpointer extra);
gboolean      limber_extra_equal       (gconstpointer a, gconstpointer b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberExtra, limber_extra_free)

G_END_DECLS
