// The parts of the sample city beside its cases.
#pragma once

#include "app/sample_exchange.h"
#include "app/sample_grassroots.h"
#include "app/sample_reception.h"
#include "app/sample_reorganise.h"
#include "app/sample_views.h"
