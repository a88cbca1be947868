/* LimberCalling: what somebody is called by where others see or hear it, on the waiting-room screen. The site chooses, then
 * the person; the stricter counts. Never more than a first name and an initial. */
#pragma once

#include "limber-reader.h"
#include "limber-row.h"

G_BEGIN_DECLS

/**
 * LimberCallBy:
 * @LIMBER_CALL_BY_NOTHING: the site calls nobody on a screen
 * @LIMBER_CALL_BY_NAME: first name and the first letter of the other
 * @LIMBER_CALL_BY_NUMBER: the number that she was given when she came
 * @LIMBER_CALL_BY_FETCH: nothing is shown; somebody goes to her
 *
 * The later one is the stricter.
 */
typedef enum {
  LIMBER_CALL_BY_NOTHING,
  LIMBER_CALL_BY_NAME,
  LIMBER_CALL_BY_NUMBER,
  LIMBER_CALL_BY_FETCH,
} LimberCallBy;

/**
 * LimberCalling:
 * @by: what she is called by
 * @shown: (nullable): that; %NULL where nothing is shown
 */
typedef struct {
  LimberCallBy by;
  char        *shown;
} LimberCalling;

LimberCallBy limber_call_by_parse   (const char *word);
char        *limber_calling_name    (const char *given, const char *family);
gboolean     limber_calling_read    (LimberReader *reader, const LimberRecord *appointment, LimberCalling *calling, GError **error);
void         limber_calling_of_row  (LimberRow *row, LimberCalling *calling);
void         limber_calling_clear   (LimberCalling *calling);
gboolean     limber_calling_shows   (LimberReader *reader, const LimberRecord *call, const LimberRecord *appointment);
void         limber_calling_project (LimberReader *reader, LimberRecord *call);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimberCalling, limber_calling_clear)

G_END_DECLS
