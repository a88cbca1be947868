/* What waits at the sample's desk: tasks, two answers, something put aside, and public screens, as the hub and central would send it. */
#pragma once

#include "sample.h"

G_BEGIN_DECLS

void sample_lists   (LimberStore *store);
char *sample_answer_id (const char *key, const char *person, const char *field);
void sample_answer  (LimberStore *store, const char *key, const char *person, const char *field, const char *lost, const char *settled_by);
void sample_aside   (LimberStore *store, const char *person, const char *reason);
void sample_screens (LimberStore *store);

G_END_DECLS
