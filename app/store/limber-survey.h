/* What a store is made of, in counts and names of our own: for whoever looks for a fault in it from afar. No value of any record, no
 * author and no address is in it. */
#pragma once

#include "limber-reader.h"

G_BEGIN_DECLS

json_t     *limber_survey_form    (LimberReader *reader, GError **error);
json_t     *limber_survey_chains  (LimberReader *reader, GError **error);
json_t     *limber_survey_waiting (LimberReader *reader, GError **error);
const char *limber_survey_sqlite  (void);

G_END_DECLS
