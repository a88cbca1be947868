/* LimberRecord: one record as a store holds it: its fields' values and the stamp of each. */
#pragma once

#include "limber-kind.h"
#include "limber-stamp.h"

#include <jansson.h>

G_BEGIN_DECLS

typedef struct {
  const LimberKind *kind;
  LimberId          id;
  LimberValue      *values; /* (owned): one a declared field */
  LimberStamp      *stamps; /* (owned): one a declared field */
} LimberRecord;

LimberRecord *limber_record_new         (const LimberKind *kind, const LimberId *id);
LimberRecord *limber_record_copy        (const LimberRecord *record);
void          limber_record_free        (LimberRecord *record);
const LimberValue *limber_record_value  (const LimberRecord *record, const char *field);
const char   *limber_record_text        (const LimberRecord *record, const char *field);
gint64        limber_record_integer     (const LimberRecord *record, const char *field);
const LimberId *limber_record_id        (const LimberRecord *record, const char *field);
const char   *limber_record_word        (const LimberRecord *record, const char *field);
const LimberId *limber_record_patient   (const LimberRecord *record);
json_t       *limber_record_to_json     (const LimberRecord *record, LimberClass klass);
void          limber_record_unset       (LimberRecord *record, guint field);
gboolean      limber_record_is_empty    (const LimberRecord *record);
gboolean      limber_record_has_any     (const LimberRecord *record, guint fields, LimberClass klass);
void          limber_record_digest      (const LimberRecord *record, LimberClass klass, guint8 digest[16]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberRecord, limber_record_free)

G_END_DECLS
