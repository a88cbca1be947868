/* A page of a pull (SYNC.md rules 16 and 17), as lines of JSON:
 *
 *   ["in",patient]                 from here on this device holds that person; her rows follow
 *   ["out",patient]                it no longer does: forget
 *   ["drop",kind,id]               it may no longer hold that record, though it may hold the person
 *   [kind,id,[stamp…],{field:[value,stamp's place]…}]
 *   {"cursor":…,"more":…,…}        the last line
 *
 * A stamp is [rank,time,device,epoch,entry]. A derived field, made by the node for a projection, has place -1. Fields
 * that were never set are left out. */
#pragma once

#include "limber-record.h"
#include "limber-scan.h"

G_BEGIN_DECLS

typedef enum {
  LIMBER_LINE_ROW,
  LIMBER_LINE_IN,
  LIMBER_LINE_OUT,
  LIMBER_LINE_DROP,
  LIMBER_LINE_END,
} LimberLineType;

typedef struct {
  LimberLineType type;
  LimberRecord  *record;  /* (owned) (nullable): of a row; NULL for a kind that is not known here */
  LimberId       patient; /* of in and out */
  const LimberKind *kind; /* of a drop; NULL for one that is not known here */
  LimberId       id;      /* of a drop */
  LimberSpan     end;     /* of the last line */
} LimberLine;

void     limber_page_append_row   (GString *out, const LimberRecord *record, LimberClass klass);
void     limber_page_append_event (GString *out, gboolean in, const LimberId *patient);
void     limber_page_append_drop  (GString *out, const LimberKind *kind, const LimberId *id);
gboolean limber_page_parse_line   (LimberLine *line, const char *bytes, gsize length, GError **error);
GArray  *limber_page_parse        (GBytes *page, GError **error);

G_END_DECLS
